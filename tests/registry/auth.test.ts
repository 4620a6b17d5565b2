import { Buffer } from "node:buffer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { parseRegistries } from "@/lib/registry/registries";
import {
  type HostileRegistry,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";
import {
  asPublicRegistry,
  credentialsOf,
  type OpenClient,
  type OpenClientOptions,
  openClient,
} from "@/tests/support/registries/registry-client";

const TAGS = "/v2/acme/disk-lens/tags/list";
const CREDENTIALS = { username: "robot", password: "s3cret" };
const BASIC = `Basic ${Buffer.from("robot:s3cret").toString("base64")}`;

let server: HostileRegistry;
let trap: HostileRegistry;
const opened: OpenClient[] = [];

beforeEach(async () => {
  server = await startHostileRegistry();
  trap = await startTrap();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  await server.stop();
  await trap.stop();
});

/** Answers with the tags when the right token comes, else asks for one from `realm`. */
function wantsToken(realm: string, token = "good"): void {
  server.on(TAGS, ({ headers }) =>
    headers.authorization === `Bearer ${token}`
      ? { body: '{"tags":["1.0.0"]}' }
      : { status: 401, headers: { "www-authenticate": `Bearer realm="${realm}",service="s"` } },
  );
}

function open(registries: Parameters<typeof openClient>[0], options?: OpenClientOptions) {
  const client = openClient(registries, options);
  opened.push(client);
  return client.client;
}

const repository = () => repositoryOfName(`${server.host}/acme/disk-lens`);

/** The hostile server as a registry that the operator named by address, so that its own realm may be plain. */
const listPrivately = (options?: OpenClientOptions) => open(server.url, options).tags(repository());

/** The hostile server as if it stood on the internet under a name. */
function listPublicly(): Promise<unknown> {
  const { table, host, guard } = asPublicRegistry("registry.example", server.url);
  return open(table, guard).tags(repositoryOfName(`${host}/acme/disk-lens`));
}

describe("where tokens may be asked for", () => {
  test.each([
    "http://169.254.169.254/latest",
    "https://169.254.169.254/latest",
    "https://127.0.0.1:1/token",
    "https://[::1]/token",
    "https://2130706433/token",
    "http://auth.example/token",
    "file:///etc/passwd",
    "gopher://auth.example/",
    "data:application/json,{}",
    "https://user:pass@auth.example/token",
    "/token",
    "",
  ])("a public registry's realm %j is forbidden", async (realm) => {
    wantsToken(realm);
    await expect(listPublicly()).rejects.toMatchObject({ code: "realm_forbidden", retryable: false });
    expect(server.requests).toHaveLength(1);
  });

  test("a realm on loopback is never visited on behalf of a public registry", async () => {
    wantsToken(`${trap.url}/token`);
    await expect(listPublicly()).rejects.toMatchObject({ code: "realm_forbidden" });
    expect(trap.connections()).toBe(0);
  });

  test("a public registry can't send us to a private host that another registry was named for", async () => {
    const { table, host, guard } = asPublicRegistry("registry.example", server.url);
    const both = new Map([...table, ...parseRegistries(trap.url)]);
    wantsToken(`${trap.url}/token`);
    const client = open(both, {
      ...guard,
      allowPrivate: (each) => each === host || each === trap.host,
      allowHttp: (each) => each === host || each === trap.host,
    });
    const outcome = client.tags(repositoryOfName(`${host}/acme/disk-lens`));
    await expect(outcome).rejects.toMatchObject({ code: "realm_forbidden" });
    expect(trap.connections()).toBe(0);
  });

  test("a private registry may name its own host, and no other private host", async () => {
    server.on("/token", { body: '{"token":"good"}' });
    wantsToken(`${server.url}/token`);
    await expect(listPrivately()).resolves.toMatchObject({ tags: ["1.0.0"] });
    wantsToken(`${trap.url}/token`);
    await expect(listPrivately()).rejects.toMatchObject({ code: "realm_forbidden" });
    expect(trap.connections()).toBe(0);
  });

  test.each([
    ["realm", (length: number) => [`${server.url}/token?${"a".repeat(length)}`, "s"]],
    ["service", (length: number) => [`${server.url}/token`, "s".repeat(length)]],
    [
      "service that is longer once encoded",
      (length: number) => [`${server.url}/token`, "ü".repeat(length / 6)],
    ],
  ])("a %s up to 2 kB is sent, and a longer one is refused before anything is", async (_what, challenge) => {
    server.on("/token", { body: '{"token":"good"}' });
    const offer = (length: number) => {
      const [realm = "", service = ""] = challenge(length);
      const asked = `Bearer realm="${realm}",service="${service}"`;
      server.on(TAGS, ({ headers }) =>
        headers.authorization === "Bearer good"
          ? { body: '{"tags":["1.0.0"]}' }
          : { status: 401, headers: { "www-authenticate": asked } },
      );
    };
    offer(1_900);
    await expect(listPrivately()).resolves.toMatchObject({ tags: ["1.0.0"] });
    expect(server.count("/token")).toBe(1);
    offer(2_100);
    await expect(listPrivately()).rejects.toMatchObject({
      code: "realm_forbidden",
      retryable: false,
      details: { charactersMax: 2_048 },
    });
    expect(server.count("/token")).toBe(1);
  });

  test("an address that one repository names and that is refused is not asked for the next one", async () => {
    wantsToken(`${trap.url}/token`);
    server.on("/v2/acme/other/tags/list", { body: '{"tags":["2.0.0"]}' });
    const client = open(server.url);
    const other = () => client.tags(repositoryOfName(`${server.host}/acme/other`));
    await expect(client.tags(repository())).rejects.toMatchObject({ code: "realm_forbidden" });
    await expect(other()).resolves.toMatchObject({ tags: ["2.0.0"] });
    expect(server.requests.at(-1)?.headers.authorization).toBeUndefined();
    expect(trap.connections()).toBe(0);
  });

  test("token redirects are not followed", async () => {
    server.on("/token", { status: 307, headers: { location: `${server.url}/elsewhere` } });
    wantsToken(`${server.url}/token`);
    await expect(listPrivately()).rejects.toMatchObject({ code: "redirect_forbidden" });
    expect(server.count("/elsewhere")).toBe(0);
  });
});

describe("who is shown the credentials", () => {
  const openWithSecret = (text: string, tokenServer?: string) =>
    open(text, { credentials: [credentialsOf(server.host, CREDENTIALS, { tokenServer })] });

  test("the registry itself, by Basic, and only once it asked", async () => {
    server.on(TAGS, ({ headers }) =>
      headers.authorization === BASIC
        ? { body: '{"tags":["1.0.0"]}' }
        : { status: 401, headers: { "www-authenticate": 'Basic realm="r"' } },
    );
    await openWithSecret(server.url).tags(repository());
    expect(server.requests.map((each) => each.headers.authorization)).toEqual([undefined, BASIC]);
  });

  test("a token server at the registry's own address", async () => {
    server.on("/token", { body: '{"token":"good"}' });
    wantsToken(`${server.url}/token`);
    await openWithSecret(server.url).tags(repository());
    expect(server.requests.find((each) => each.url.startsWith("/token"))?.headers.authorization).toBe(BASIC);
  });

  test("a token server that an admin named for these credentials", async () => {
    trap.on("/token", { body: '{"token":"good"}' });
    wantsToken(`${trap.url}/token`);
    await openWithSecret(`${server.url},${trap.url}`, trap.url).tags(repository());
    expect(trap.requests[0]?.headers.authorization).toBe(BASIC);
  });

  test("no other host: it gets requests for anonymous tokens only", async () => {
    trap.on("/token", { body: '{"token":"good"}' });
    wantsToken(`${trap.url}/token`);
    await openWithSecret(`${server.url},${trap.url}`).tags(repository());
    expect(trap.requests.map((each) => each.headers.authorization)).toEqual([undefined]);
  });

  test("without credentials, a Basic challenge gets no answer", async () => {
    server.on(TAGS, { status: 401, headers: { "www-authenticate": 'Basic realm="r"' } });
    await expect(listPrivately()).rejects.toMatchObject({ code: "registry_auth_required" });
    expect(server.requests).toHaveLength(1);
  });
});

describe("tokens", () => {
  test("the scope asked for is pull on this repository, whatever the challenge says", async () => {
    server.on("/token", { body: '{"token":"good"}' });
    server.on(
      TAGS,
      {
        status: 401,
        headers: {
          "www-authenticate": `Bearer realm="${server.url}/token?a=b",service="s",scope="registry:catalog:*"`,
        },
      },
      { body: '{"tags":[]}' },
    );
    await listPrivately();
    const asked = new URL(server.requests[1]?.url ?? "", server.url);
    expect([...asked.searchParams]).toEqual([
      ["a", "b"],
      ["service", "s"],
      ["scope", "repository:acme/disk-lens:pull"],
    ]);
  });

  test.each<[scope: string, actions: string]>([
    ["repository:acme/disk-lens:metadata_read", "pull,metadata_read"],
    ["repository:acme/disk-lens:pull,metadata_read", "pull,metadata_read"],
    ["repository:acme/disk-lens:delete,metadata_read,push", "pull,metadata_read"],
    ["repository:acme/disk-lens:pull,push,delete", "pull"],
    ["repository:acme/metadata_read:pull", "pull"],
    ["registry:catalog:metadata_read", "pull"],
    ["repository:acme/disk-lens:metadata_readwrite", "pull"],
    ["aws", "pull"],
  ])(
    "the scope %j of a challenge makes Gantry ask for %s, never for more than reading",
    async (scope, actions) => {
      server.on("/token", { body: '{"token":"good"}' });
      server.on(
        TAGS,
        {
          status: 401,
          headers: { "www-authenticate": `Bearer realm="${server.url}/token",service="s",scope="${scope}"` },
        },
        { body: '{"tags":[]}' },
      );
      await listPrivately();
      const asked = new URL(server.requests[1]?.url ?? "", server.url);
      expect(asked.searchParams.getAll("scope")).toEqual([`repository:acme/disk-lens:${actions}`]);
    },
  );

  test("scopes in a realm are dropped, however many there are", async () => {
    server.on("/token", { body: '{"token":"good"}' });
    wantsToken(`${server.url}/token?${"scope=registry:catalog:*&".repeat(200)}a=b`);
    await listPrivately();
    const asked = new URL(server.requests[1]?.url ?? "", server.url);
    expect(asked.searchParams.getAll("scope")).toEqual(["repository:acme/disk-lens:pull"]);
    expect(asked.searchParams.get("a")).toBe("b");
  });

  test("one token serves many requests, also when they start together", async () => {
    server.on("/token", { body: '{"token":"good","expires_in":300}' });
    wantsToken(`${server.url}/token`);
    const client = open(server.url);
    await client.tags(repository());
    await Promise.all(Array.from({ length: 8 }, () => client.tags(repository())));
    expect(server.count("/token")).toBe(1);
    expect(server.count(TAGS)).toBe(10);
  });

  test("of many repositories only the tokens used last are remembered", async () => {
    server.on("/token", { body: '{"token":"good","expires_in":300}' });
    server.on(/tags.list$/, ({ headers }) =>
      headers.authorization === "Bearer good"
        ? { body: '{"tags":["1.0.0"]}' }
        : { status: 401, headers: { "www-authenticate": `Bearer realm="${server.url}/token",service="s"` } },
    );
    const client = open(server.url, { tokensMax: 2 });
    const asked = async (name: string) => {
      const before = server.count("/token");
      await client.tags(repositoryOfName(`${server.host}/acme/${name}`));
      return server.count("/token") - before;
    };
    const names = ["one", "two", "one", "three", "one", "two"];
    const tokens = [];
    for (const name of names) tokens.push(await asked(name));
    expect(tokens).toEqual([1, 1, 0, 1, 0, 1]);
  });

  test("access_token is as good as token", async () => {
    server.on("/token", { body: '{"access_token":"good"}' });
    wantsToken(`${server.url}/token`);
    await expect(listPrivately()).resolves.toMatchObject({ tags: ["1.0.0"] });
  });

  test.each([
    ["absent", "{}", 50],
    ["-1", '{"expires_in":-1}', 50],
    ["0", '{"expires_in":0}', 50],
    ['"300"', '{"expires_in":"300"}', 290],
    ["1e12", '{"expires_in":1e12}', 3590],
    ["garbage", '{"expires_in":"soon"}', 50],
  ])("expires_in %s: used for %s, then renewed before it expires", async (_name, extra, lifetimeSeconds) => {
    const body = JSON.stringify({ token: "good", ...JSON.parse(extra) });
    server.on("/token", { body });
    wantsToken(`${server.url}/token`);
    let nowMs = 1_000_000;
    const client = open(server.url, { now: () => nowMs });
    await client.tags(repository());
    nowMs += lifetimeSeconds * 1000 - 1;
    await client.tags(repository());
    expect(server.count("/token")).toBe(1);
    nowMs += 1;
    await client.tags(repository());
    expect(server.count("/token")).toBe(2);
  });

  test.each([
    ["neither token nor access_token", "{}"],
    ["an empty token", '{"token":""}'],
    ["a token that is no text", '{"token":{"a":1}}'],
    ["a token with a line break", '{"token":"a\\r\\nx-evil: 1"}'],
    ["a token of 16 KiB and one", `{"token":"${"a".repeat(16 * 1024 + 1)}"}`],
    ["not JSON", "good"],
    ["a list", "[]"],
    ["null", "null"],
  ])("a token answer with %s breaks the protocol", async (_name, body) => {
    server.on("/token", { body });
    wantsToken(`${server.url}/token`);
    await expect(listPrivately()).rejects.toMatchObject({ code: "registry_protocol" });
    expect(server.count("/token")).toBe(1);
  });

  test("a token answer of 64 KiB is read, one byte more is cut off", async () => {
    const filled = (bytes: number) => '{"token":"good"}'.padEnd(bytes, " ");
    server.on("/token", { body: filled(64 * 1024) });
    wantsToken(`${server.url}/token`);
    await expect(listPrivately()).resolves.toBeDefined();
    server.on("/token", { body: filled(64 * 1024 + 1) });
    await expect(listPrivately()).rejects.toMatchObject({ code: "registry_protocol", retryable: true });
  });
});

test("a token answer without end is cut off, and its connection closed", async () => {
  let sent = 0;
  const gone = new Promise<void>((resolve) => {
    server.on("/token", (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => {
        sent += 16 * 1024;
        response.write(" ".repeat(16 * 1024));
      }, 1);
      response.once("close", () => {
        clearInterval(timer);
        resolve();
      });
      return undefined;
    });
  });
  wantsToken(`${server.url}/token`);
  await expect(listPrivately()).rejects.toMatchObject({ code: "registry_protocol", retryable: true });
  await gone;
  expect(sent).toBeGreaterThan(64 * 1024);
});

describe("refusals", () => {
  test("a registry that never accepts its own token gets two requests, and its token server one", async () => {
    server.on("/token", { body: '{"token":"good"}' });
    wantsToken(`${server.url}/token`, "never this one");
    await expect(listPrivately()).rejects.toMatchObject({ code: "registry_auth_required" });
    expect([server.count(TAGS), server.count("/token")]).toEqual([2, 1]);
  });

  test("the same with credentials: refused, after one refresh of a known token, and anonymously", async () => {
    server.on("/token", { body: '{"token":"first"}' }, { body: '{"token":"second"}' });
    wantsToken(`${server.url}/token`, "first");
    const client = open(server.url, { credentials: [credentialsOf(server.host, CREDENTIALS)] });
    await client.tags(repository());
    wantsToken(`${server.url}/token`, "never this one");
    await expect(client.tags(repository())).rejects.toMatchObject({ code: "registry_auth_failed" });
    // The other two are anonymous: the repository could be public.
    expect(server.count("/token")).toBe(4);
  });

  test("a token that expired early is replaced and the request repeated", async () => {
    server.on("/token", { body: '{"token":"first"}' }, { body: '{"token":"second"}' });
    wantsToken(`${server.url}/token`, "first");
    const client = open(server.url);
    await client.tags(repository());
    wantsToken(`${server.url}/token`, "second");
    await expect(client.tags(repository())).resolves.toMatchObject({ tags: ["1.0.0"] });
  });

  test("a token called invalid right after it was issued is the registry's trouble", async () => {
    server.on("/token", { body: '{"token":"good"}' });
    server.on(TAGS, {
      status: 401,
      headers: { "www-authenticate": `Bearer realm="${server.url}/token",error="invalid_token"` },
    });
    await expect(listPrivately()).rejects.toMatchObject({ code: "registry_auth_failed", retryable: true });
  });

  test.each([401, 403])(
    "a token server that answers %d to anonymous clients wants credentials",
    async (status) => {
      server.on("/token", {
        status,
        body: '{"errors":[{"code":"DENIED","message":"requested access is denied"}]}',
      });
      wantsToken(`${server.url}/token`);
      await expect(listPrivately()).rejects.toMatchObject({
        code: "registry_auth_required",
        message: expect.stringContaining("requested access is denied"),
      });
    },
  );

  test.each([
    [[], "registry_protocol"],
    [["Negotiate", "NTLM"], "registry_protocol"],
  ])("a 401 with the challenges %j", async (challenges, code) => {
    server.on(TAGS, { status: 401, headers: { "www-authenticate": challenges } });
    await expect(listPrivately()).rejects.toMatchObject({ code });
  });

  test("Bearer is chosen among several challenges", async () => {
    server.on("/token", { body: '{"token":"good"}' });
    server.on(
      TAGS,
      { status: 401, headers: { "www-authenticate": ["Negotiate", `bEaReR ReAlM="${server.url}/token"`] } },
      { body: '{"tags":["1.0.0"]}' },
    );
    await expect(listPrivately()).resolves.toMatchObject({ tags: ["1.0.0"] });
  });
});
