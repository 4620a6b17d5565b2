import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { checkRealm } from "@/lib/registry/auth/realm";
import { parseRegistries } from "@/lib/registry/registries";
import { targetEntry } from "@/lib/registry/transport/redirect-target";
import { extensionImage } from "@/tests/builders/extension-image";
import {
  type HostileRegistry,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";
import { credentialsOf, type OpenClient, openClient } from "@/tests/support/registries/registry-client";

const MANIFEST = "/v2/acme/disk-lens/manifests/1.0.0";
const CREDENTIALS = { username: "robot", password: "s3cret" };
const { root } = extensionImage();
const HONEST = { headers: { "content-type": root.mediaType }, body: root.bytes };

let vanity: HostileRegistry;
let target: HostileRegistry;
const opened: OpenClient[] = [];

beforeEach(async () => {
  vanity = await startHostileRegistry();
  target = await startHostileRegistry();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  await vanity.stop();
  await target.stop();
});

function client(...withLogin: HostileRegistry[]) {
  const credentials = withLogin.map(({ host }) => credentialsOf(host, CREDENTIALS));
  const open = openClient(`${vanity.url},${target.url}`, { credentials });
  opened.push(open);
  return open.client;
}

const repository = () => repositoryOfName(`${vanity.host}/acme/disk-lens`);
const fetchTag = (from = client()) => from.manifest(repository(), "1.0.0");

/** The target answers with `good`, else it asks for a token at `realm`. */
function wantsToken(path: string, realm = `${target.url}/token`): void {
  target.on(path, ({ headers }) =>
    headers.authorization === "Bearer good"
      ? HONEST
      : { status: 401, headers: { "www-authenticate": `Bearer realm="${realm}",service="target"` } },
  );
}

function redirectsTo(location: string): void {
  vanity.on(MANIFEST, { status: 307, headers: { location } });
}

describe("a redirect target that requires a token", () => {
  test("gets an anonymous one, also for HEAD, ranges and later requests", async () => {
    const blob = `/v2/acme/disk-lens/blobs/${root.digest}`;
    wantsToken(MANIFEST);
    wantsToken(blob);
    target.on("/token", { body: '{"token":"good","expires_in":300}' });
    redirectsTo(`${target.url}${MANIFEST}`);
    vanity.on(blob, { status: 307, headers: { location: `${target.url}${blob}` } });
    const from = client();
    await from.resolve(repository(), "1.0.0");
    const { digest } = await fetchTag(from);
    expect(digest).toBe(root.digest);
    await from.blob(repository(), { digest, sizeBytes: root.bytes.length });
    expect(target.count("/token")).toBe(1);
    // The challenge is remembered, so only the first request meets it.
    expect(target.requests.filter((each) => each.headers.authorization === undefined)).toHaveLength(2);
  });

  test("is asked for pull on the repository that its own path names, whatever its challenge says", async () => {
    const moved = "/v2/vendor/lens/manifests/1.0.0";
    target.on(moved, ({ headers }) =>
      headers.authorization === "Bearer good"
        ? HONEST
        : {
            status: 401,
            headers: {
              "www-authenticate": `Bearer realm="${target.url}/token",service="target",scope="registry:catalog:*"`,
            },
          },
    );
    target.on("/token", { body: '{"access_token":"good"}' });
    redirectsTo(`${target.url}${moved}`);
    await fetchTag();
    const token = target.requests.find((each) => each.url.startsWith("/token"));
    const sent = new URL(token?.url ?? "", target.url).searchParams;
    expect([...sent]).toEqual([
      ["service", "target"],
      ["scope", "repository:vendor/lens:pull"],
    ]);
  });

  test("never sees stored credentials, its own or the registry's, nor a token that they bought", async () => {
    const from = client(vanity, target);
    target.on("/token", ({ headers }) => ({
      body: JSON.stringify({ token: headers.authorization === undefined ? "good" : "bought" }),
    }));
    target.on("/v2/acme/disk-lens/tags/list", ({ headers }) =>
      headers.authorization === "Bearer bought"
        ? { body: '{"tags":["1.0.0"]}' }
        : {
            status: 401,
            headers: { "www-authenticate": `Bearer realm="${target.url}/token",service="target"` },
          },
    );
    await from.tags(repositoryOfName(`${target.host}/acme/disk-lens`));
    const before = target.requests.length;
    wantsToken(MANIFEST);
    redirectsTo(`${target.url}${MANIFEST}`);
    await fetchTag(from);
    const sent = target.requests.slice(before).map((each) => each.headers.authorization);
    expect(sent).toEqual([undefined, undefined, "Bearer good"]);
  });

  test("is asked once more per hop, not without end", async () => {
    target.on("/token", { body: '{"token":"never-accepted"}' });
    wantsToken(MANIFEST);
    redirectsTo(`${target.url}${MANIFEST}`);
    await expect(fetchTag()).rejects.toMatchObject({
      code: "registry_auth_required",
      message: expect.stringContaining(target.host),
    });
    expect([target.count(MANIFEST), target.count("/token")]).toEqual([2, 1]);
  });

  test("can redirect again after the token, within the limit", async () => {
    target.on("/token", { body: '{"token":"good"}' });
    const hop = (to: string) => (request: { headers: { authorization?: string } }) =>
      request.headers.authorization === "Bearer good"
        ? { status: 307, headers: { location: to } }
        : { status: 401, headers: { "www-authenticate": `Bearer realm="${target.url}/token"` } };
    target.on("/one", hop("/two"));
    wantsToken("/two");
    redirectsTo(`${target.url}/one`);
    expect((await fetchTag()).digest).toBe(root.digest);
    target.on("/two", hop("/three"));
    wantsToken("/three");
    await expect(fetchTag()).rejects.toMatchObject({ code: "redirect_forbidden" });
    expect(target.count("/three")).toBe(0);
  });

  test.each([
    ["Basic", 'Basic realm="r"'],
    ["an unknown scheme", "Negotiate"],
  ])("gets no answer to %s, and its refusal is not the publisher's problem", async (_name, challenge) => {
    target.on(MANIFEST, { status: 401, headers: { "www-authenticate": challenge } });
    redirectsTo(`${target.url}${MANIFEST}`);
    const from = client(vanity);
    await expect(fetchTag(from)).rejects.toMatchObject({ code: "registry_error", retryable: true });
    expect(target.requests.map((each) => each.headers.authorization)).toEqual([undefined]);
  });

  test("does not follow a redirect of its token server", async () => {
    const trap = await startTrap();
    target.on("/token", { status: 307, headers: { location: `${trap.url}/token` } });
    wantsToken(MANIFEST);
    redirectsTo(`${target.url}${MANIFEST}`);
    await expect(fetchTag()).rejects.toMatchObject({ code: "redirect_forbidden" });
    expect(trap.connections()).toBe(0);
    await trap.stop();
  });
});

describe("a redirect target's realm", () => {
  test.each([
    "http://169.254.169.254/latest",
    "https://127.0.0.1:1/token",
    "http://auth.example/token",
    "https://user:pass@auth.example/token",
    "/token",
  ])("%s is forbidden", async (realm) => {
    wantsToken(MANIFEST, realm);
    redirectsTo(`${target.url}${MANIFEST}`);
    await expect(fetchTag()).rejects.toMatchObject({ code: "realm_forbidden" });
    expect(target.count(MANIFEST)).toBe(1);
  });

  test("has at most 2 kB with its service", async () => {
    wantsToken(MANIFEST, `${target.url}/token?${"a".repeat(2_100)}`);
    redirectsTo(`${target.url}${MANIFEST}`);
    await expect(fetchTag()).rejects.toMatchObject({
      code: "realm_forbidden",
      details: { charactersMax: 2_048 },
    });
  });

  test("on a private host of another registry is forbidden, unless the target is private itself", () => {
    const table = parseRegistries("https://corp.example,http://127.0.0.1:5000,ghcr.io");
    const refuses = (from: string, realm: string) => {
      try {
        return !checkRealm(realm, targetEntry(new URL(from), table), table).url.href.startsWith(realm);
      } catch {
        return true;
      }
    };
    expect(refuses("https://target.example/v2/", "http://127.0.0.1:5000/token")).toBe(true);
    expect(refuses("https://ghcr.io/v2/", "https://corp.example/token")).toBe(true);
    expect(refuses("https://corp.example/v2/", "http://127.0.0.1:5000/token")).toBe(false);
    expect(refuses("https://ghcr.io/v2/", "https://ghcr.io/token")).toBe(false);
  });
});
