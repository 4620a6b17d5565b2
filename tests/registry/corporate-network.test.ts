import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { readEnv } from "@/lib/platform/env";
import { createLog } from "@/lib/platform/log";
import { openRegistryAccess, type RegistryAccess } from "@/lib/process/registry-access";
import { registries } from "@/lib/registry/registries";
import { type Authority, createAuthority } from "@/tests/support/registries/certificates";
import { type ConnectProxy, startConnectProxy } from "@/tests/support/registries/connect-proxy";
import {
  type HostileRegistry,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";

/** The registry is called by a public name; only the proxy can reach it, on loopback. */
const NAME = "registry.corporation.example";
const TAGS = "/v2/acme/a/tags/list";

let authority: Authority;
let registry: HostileRegistry;
let proxy: ConnectProxy;
let access: RegistryAccess | undefined;

beforeAll(() => {
  authority = createAuthority();
});
afterAll(() => authority.remove());
beforeEach(async () => {
  registry = await startHostileRegistry(authority.issue([`DNS:${NAME}`, "IP:127.0.0.1"]));
  registry.on(TAGS, { body: '{"tags":["1.0.0"]}' });
  proxy = await startConnectProxy(() => Number(new URL(registry.url).port), "gantry:let me out");
});
afterEach(async () => {
  await access?.close();
  access = undefined;
  registries.clear();
  await proxy.stop();
  await registry.stop();
});

const withPassword = () => proxy.origin.replace("//", "//gantry:let%20me%20out@");

/** What the process would see with these variables. */
async function listTags(settings: Record<string, string>, name = `${NAME}/acme/a`): Promise<string[]> {
  const env = readEnv({
    GANTRY_REGISTRIES: NAME,
    HTTPS_PROXY: withPassword(),
    NODE_EXTRA_CA_CERTS: authority.file,
    ...settings,
  });
  access = await openRegistryAccess(env, createLog("silent"));
  return (await access.client.tags(repositoryOfName(name))).tags;
}

const targets = () => proxy.tunnels.map(({ target }) => target);

describe("through a proxy, with a certificate authority of one's own", () => {
  test("a registry is read, and only the proxy is shown the proxy's password", async () => {
    expect(await listTags({})).toEqual(["1.0.0"]);
    expect(proxy.tunnels).toMatchObject([
      {
        target: `${NAME}:443`,
        headers: { "proxy-authorization": `Basic ${Buffer.from("gantry:let me out").toString("base64")}` },
      },
    ]);
    expect(registry.requests).toHaveLength(1);
    expect(JSON.stringify(registry.requests)).not.toMatch(/proxy-authorization|let me out/i);
  });

  test("HTTP_PROXY alone serves https as well", async () => {
    expect(await listTags({ HTTPS_PROXY: "", HTTP_PROXY: withPassword() })).toEqual(["1.0.0"]);
    expect(targets()).toEqual([`${NAME}:443`]);
  });

  test("without the authority nothing is sent to the registry", async () => {
    await expect(listTags({ NODE_EXTRA_CA_CERTS: "" })).rejects.toMatchObject({
      code: "registry_unreachable",
      details: { failure: "tls" },
    });
    expect(registry.requests).toEqual([]);
  });

  test("a proxy that wants another password is unreachable, and its password is in no message", async () => {
    const error = await listTags({ HTTPS_PROXY: withPassword().replace("let", "LET") }).catch(
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ code: "registry_unreachable", retryable: true });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/LET/);
    expect(registry.requests).toEqual([]);
  });

  test("a host in NO_PROXY and loopback are called directly", async () => {
    const here = { GANTRY_REGISTRIES: registry.url };
    expect(await listTags(here, `${registry.host}/acme/a`)).toEqual(["1.0.0"]);
    await expect(listTags({ NO_PROXY: `other.example,${NAME}` })).rejects.toMatchObject({
      code: "registry_unreachable",
      details: { failure: "dns" },
    });
    expect(targets()).toEqual([]);
  });
});

describe("a proxy is not a way inside", () => {
  test.each([
    "https://169.254.169.254/token",
    "https://10.0.0.5/token",
    "https://[::ffff:10.0.0.5]/token",
    "https://0x7f.1/token",
    "https://metadata/token",
    "https://metadata.google.internal/token",
    "https://printer.local/token",
    "https://localhost/token",
  ])("a token address at %s is refused before the proxy hears of it", async (realm) => {
    registry.on(TAGS, { status: 401, headers: { "www-authenticate": `Bearer realm="${realm}"` } });
    await expect(listTags({})).rejects.toMatchObject({ code: "realm_forbidden" });
    expect(targets()).toEqual([`${NAME}:443`]);
  });

  test("a redirect to a private address is refused before the proxy hears of it", async () => {
    const trap = await startTrap();
    registry.on(TAGS, { status: 307, headers: { location: trap.url.replace("http:", "https:") } });
    await expect(listTags({})).rejects.toMatchObject({ code: "address_forbidden" });
    expect([targets(), trap.connections()]).toEqual([[`${NAME}:443`], 0]);
    await trap.stop();
  });
});

test.each([
  ["that is not there", "/nowhere/at-all.pem", "can't be read"],
  ["that holds no certificate", "package.json", "no PEM certificate"],
])("a file of certificates %s stops the start in words", async (_name, file, words) => {
  await expect(listTags({ NODE_EXTRA_CA_CERTS: file })).rejects.toMatchObject({
    code: "configuration",
    message: expect.stringContaining(words),
  });
});
