import { createServer } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readBody } from "@/lib/egress/body";
import { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from "@/lib/egress/guarded-fetch";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/hostile-registry";
import { type Listening, listen } from "@/tests/support/listen";

let server: HostileRegistry;
let proxy: Listening;
let fetch: GuardedFetch;
/** What the proxy was asked to connect to. */
const tunnels: string[] = [];

beforeEach(async () => {
  server = await startHostileRegistry();
  server.on("/", { body: "ok" });
  tunnels.length = 0;
  const proxyServer = createServer().on("connect", (request, socket) => {
    tunnels.push(request.url ?? "");
    const upstream = connect(Number(new URL(server.url).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
  });
  proxy = await listen(proxyServer);
});
afterEach(async () => {
  await fetch.close();
  await proxy.stop();
  await server.stop();
});

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
  expect(tunnels).toEqual(["registry.example:80"]);
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
  expect(tunnels).toEqual([]);
});

test("hosts in noProxy are dialled directly, with the address check", async () => {
  const lookedUp = visit(`http://registry.example:${new URL(server.url).port}/`, {
    proxy: { httpProxy: proxy.origin, noProxy: "registry.example" },
    lookup: (_name, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
  });
  await expect(lookedUp).rejects.toMatchObject({ code: "address_forbidden" });
  expect(tunnels).toEqual([]);
});
