import { Buffer } from "node:buffer";
import type { LookupFunction } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readBody } from "@/lib/egress/body";
import { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from "@/lib/egress/guarded-fetch";
import type { GuardedResponse } from "@/lib/egress/response";
import {
  type HostileRegistry,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";

let server: HostileRegistry;
const opened: GuardedFetch[] = [];

beforeEach(async () => {
  server = await startHostileRegistry();
});
afterEach(async () => {
  await server.stop();
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

/** May visit every private host over plain HTTP unless the test says otherwise. */
function guarded(options: Partial<GuardedFetchOptions> = {}): GuardedFetch {
  const fetch = createGuardedFetch({ allowPrivate: () => true, allowHttp: () => true, ...options });
  opened.push(fetch);
  return fetch;
}

function get(
  fetch: GuardedFetch,
  path: string,
  more: { maxBytes?: number; signal?: AbortSignal; totalTimeoutMs?: number } = {},
): Promise<GuardedResponse> {
  return fetch({ url: new URL(path, server.url), maxBytes: 1024, ...more });
}

/** A resolver that gives these addresses, whatever the name. */
function resolvesTo(...addresses: string[]): LookupFunction {
  return (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
}

describe("addresses", () => {
  const SPELLINGS = [
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "017700000001",
    "127.1",
    "[::ffff:127.0.0.1]",
    "127.0.0.1.",
  ];

  test.each(SPELLINGS)("http://%s is refused before any connection", async (host) => {
    const trap = await startTrap();
    const fetch = guarded({ allowPrivate: () => false });
    const { port } = new URL(trap.url);
    const outcome = fetch({ url: new URL(`http://${host}:${port}/`), maxBytes: 10 });
    await expect(outcome).rejects.toMatchObject({ code: "address_forbidden" });
    expect(trap.connections()).toBe(0);
    await trap.stop();
  });

  test.each([
    [["127.0.0.1"]],
    [["10.1.2.3"]],
    [["fd00::8"]],
    [["::1"]],
    [["169.254.169.254"]],
    [["93.184.216.34", "127.0.0.1"]],
  ])("a name that resolves to %j is refused at connect", async (addresses) => {
    const fetch = guarded({ allowPrivate: () => false, lookup: resolvesTo(...addresses) });
    const { port } = new URL(server.url);
    const outcome = fetch({ url: new URL(`http://registry.example:${port}/`), maxBytes: 10 });
    await expect(outcome).rejects.toMatchObject({ code: "address_forbidden", retryable: false });
    expect(server.connections()).toBe(0);
  });

  test("metadata addresses stay refused for a host that may be private", async () => {
    const fetch = guarded({ lookup: resolvesTo("169.254.169.254") });
    const outcome = fetch({ url: new URL("http://registry.example/"), maxBytes: 10 });
    await expect(outcome).rejects.toMatchObject({ code: "address_forbidden" });
  });

  test("the address that was checked is the one that is dialled: one resolution per connection", async () => {
    let resolutions = 0;
    const rebinding: LookupFunction = (name, options, callback) => {
      resolutions += 1;
      resolvesTo(resolutions === 1 ? "127.0.0.1" : "169.254.169.254")(name, options, callback);
    };
    server.on("/", { headers: { connection: "close" }, body: "ok" });
    const fetch = guarded({ lookup: rebinding });
    const url = new URL(`http://rebind.example:${new URL(server.url).port}/`);
    await readBody(await fetch({ url, maxBytes: 10 }));
    expect(resolutions).toBe(1);
    await expect(fetch({ url, maxBytes: 10 })).rejects.toMatchObject({ code: "address_forbidden" });
    expect(server.requests).toHaveLength(1);
  });

  test("permission is checked by host and port, so the port next to it stays closed", async () => {
    server.on("/", { body: "ok" });
    const fetch = guarded({ allowPrivate: (hostPort) => hostPort === server.host });
    await expect(get(fetch, "/").then(readBody)).resolves.toHaveLength(2);
    const neighbor = fetch({ url: new URL("http://127.0.0.1:1/"), maxBytes: 10 });
    await expect(neighbor).rejects.toMatchObject({ code: "address_forbidden" });
  });

  test.each(["http://registry.example/", "ftp://registry.example/", "https://user:pass@registry.example/"])(
    "%s is refused",
    async (url) => {
      const fetch = guarded({ allowHttp: () => false });
      await expect(fetch({ url: new URL(url), maxBytes: 10 })).rejects.toMatchObject({
        code: "address_forbidden",
      });
    },
  );
});

describe("bodies", () => {
  test("a body of exactly the limit is read; one byte more ends the transfer", async () => {
    server.on("/exact", { body: Buffer.alloc(1024) });
    server.on("/more", { body: Buffer.alloc(1025) });
    const fetch = guarded();
    await expect(get(fetch, "/exact").then(readBody)).resolves.toHaveLength(1024);
    await expect(get(fetch, "/more").then(readBody)).rejects.toMatchObject({ code: "limit_exceeded" });
  });

  test("an endless body is cut at the limit and its connection closed", async () => {
    let closed: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    server.on("/", (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(Buffer.alloc(512)), 1);
      response.once("close", () => {
        clearInterval(timer);
        closed();
      });
      return undefined;
    });
    await expect(get(guarded(), "/").then(readBody)).rejects.toMatchObject({ code: "limit_exceeded" });
    await gone;
  });

  test.each(["gzip", "br", "x-unknown"])("Content-Encoding %s is refused", async (encoding) => {
    server.on("/", { headers: { "content-encoding": encoding }, body: "whatever" });
    await expect(get(guarded(), "/")).rejects.toMatchObject({ code: "answer_refused" });
    expect(server.requests[0]?.headers["accept-encoding"]).toBe("identity");
  });

  test("headers over the limit are refused", async () => {
    server.on("/", { headers: { "x-large": "x".repeat(5000) }, body: "ok" });
    const fetch = guarded({ limits: { headerBytes: 4096 } });
    await expect(get(fetch, "/")).rejects.toMatchObject({ code: "answer_refused" });
  });

  test("redirects are answers and are not followed here", async () => {
    server.on("/", { status: 302, headers: { location: "http://169.254.169.254/" } });
    const response = await get(guarded(), "/");
    await response.discard();
    expect([response.status, response.headers.get("location")]).toEqual([302, "http://169.254.169.254/"]);
  });

  test("a caller that leaves the loop early ends the transfer", async () => {
    const gone = new Promise<void>((resolve) => {
      server.on("/", (_request, response) => {
        response.once("close", resolve);
        response.writeHead(200);
        response.write("first");
        return undefined;
      });
    });
    const response = await get(guarded(), "/");
    for await (const chunk of response.body) {
      expect(Buffer.from(chunk).toString()).toBe("first");
      break;
    }
    await gone;
  });

  test("an abort ends the transfer with the caller's reason", async () => {
    server.on("/", (_request, response) => {
      response.writeHead(200);
      response.write("first");
      return undefined;
    });
    const controller = new AbortController();
    const response = await get(guarded(), "/", { signal: controller.signal });
    const reading = readBody(response);
    controller.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
  });

  test("connections are kept and used again", async () => {
    server.on("/", { body: "ok" });
    const fetch = guarded();
    for (let index = 0; index < 10; index += 1) {
      await readBody(await get(fetch, "/"));
      await (await get(fetch, "/")).discard();
    }
    expect(server.requests).toHaveLength(20);
    // A second one may be opened while the first is still handing back a discarded body.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });
});

describe("failures of the network are unreachable, retryable, and say why", () => {
  test("nothing listens on the port", async () => {
    const { url } = server;
    await server.stop();
    const outcome = guarded()({ url: new URL(url), maxBytes: 10 });
    await expect(outcome).rejects.toMatchObject({
      code: "unreachable",
      retryable: true,
      details: { failure: "refused" },
    });
    server = await startHostileRegistry();
  });

  test("the name does not resolve", async () => {
    const lookup: LookupFunction = (_name, _options, callback) =>
      callback(Object.assign(new Error("no"), { code: "ENOTFOUND" }), []);
    const outcome = guarded({ lookup })({ url: new URL("https://nowhere.example"), maxBytes: 10 });
    await expect(outcome).rejects.toMatchObject({ code: "unreachable", details: { failure: "dns" } });
  });

  test("headers never come", async () => {
    server.on("/", () => undefined);
    const outcome = get(guarded({ limits: { headersTimeoutMs: 300 } }), "/");
    await expect(outcome).rejects.toMatchObject({ code: "unreachable", details: { failure: "timeout" } });
  });

  test("headers that trickle in end with the total time", async () => {
    server.on("/", (request) => {
      request.socket.write("HTTP/1.1 200 OK\r\nx-slow: ");
      const timer = setInterval(() => request.socket.write("x"), 20);
      request.socket.once("close", () => clearInterval(timer));
      return undefined;
    });
    const outcome = get(guarded(), "/", { totalTimeoutMs: 300 });
    await expect(outcome).rejects.toMatchObject({ code: "unreachable", details: { failure: "too_slow" } });
  });

  test("the body falls silent", async () => {
    server.on("/", (_request, response) => {
      response.writeHead(200);
      response.write("first");
      return undefined;
    });
    const outcome = get(guarded({ limits: { idleTimeoutMs: 300 } }), "/").then(readBody);
    await expect(outcome).rejects.toMatchObject({ code: "unreachable", details: { failure: "timeout" } });
  });

  test("a trickle that never falls silent ends with the total time", async () => {
    server.on("/", (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 20);
      response.once("close", () => clearInterval(timer));
      return undefined;
    });
    const outcome = get(guarded(), "/", { totalTimeoutMs: 300 }).then(readBody);
    await expect(outcome).rejects.toMatchObject({ code: "unreachable", details: { failure: "too_slow" } });
  });

  test.each([
    ["reset in the middle", 10],
    ["shorter than its Content-Length", 10],
  ])("the body is %s", async (_name, length) => {
    server.on("/", (_request, response) => {
      response.writeHead(200, { "content-length": length });
      response.write("half", () => response.socket?.destroy());
      return undefined;
    });
    await expect(get(guarded(), "/").then(readBody)).rejects.toMatchObject({ code: "unreachable" });
  });
});
