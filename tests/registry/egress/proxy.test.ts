import { afterEach, beforeEach, expect, test } from "vitest";
import { readBody } from "@/lib/egress/body";
import { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from "@/lib/egress/guarded-fetch";
import { type ConnectProxy, startConnectProxy } from "@/tests/support/registries/connect-proxy";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";

let server: HostileRegistry;
let proxy: ConnectProxy;
let fetch: GuardedFetch;

beforeEach(async () => {
  server = await startHostileRegistry();
  server.on("/", { body: "ok" });
  proxy = await startConnectProxy(() => Number(new URL(server.url).port));
});
afterEach(async () => {
  await fetch.close();
  await proxy.stop();
  await server.stop();
});

const tunnels = () => proxy.tunnels.map(({ target }) => target);

function visit(url: string, options: Partial<GuardedFetchOptions> = {}) {
  fetch = createGuardedFetch({
    allowPrivate: () => false,
    allowHttp: () => true,
    proxy: { httpProxy: proxy.origin },
    ...options,
  });
  return fetch({ url: new URL(url), maxBytes: 10 }).then(readBody);
}

test("the proxy dials for us", async () => {
  await expect(visit("http://registry.example/")).resolves.toHaveLength(2);
  expect(tunnels()).toEqual(["registry.example:80"]);
});

test.each([
  "http://localhost/",
  "http://metadata.google.internal/",
  "http://metadata/",
  "http://printer.local./",
  "http://127.0.0.1/",
  "http://169.254.169.254/",
])("%s is refused by its name, since the address can't be seen", async (url) => {
  await expect(visit(url)).rejects.toMatchObject({ code: "address_forbidden" });
  expect(tunnels()).toEqual([]);
});

test("hosts in noProxy are dialled directly, with the address check", async () => {
  const lookedUp = visit(`http://registry.example:${new URL(server.url).port}/`, {
    proxy: { httpProxy: proxy.origin, noProxy: "registry.example" },
    lookup: (_name, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
  });
  await expect(lookedUp).rejects.toMatchObject({ code: "address_forbidden" });
  expect(tunnels()).toEqual([]);
});
