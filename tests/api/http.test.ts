import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { BODY_BYTES_MAX } from "@/lib/api/requests/input";
import { defineRoute } from "@/lib/api/route";
import { ROUTES } from "@/lib/api/table";
import { extensionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions } from "@/tests/builders/catalog-rows";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";

let api: PublicApi;

const echo = defineRoute({
  method: "POST",
  path: "/api/v1/echo",
  operationId: "echo",
  summary: "",
  tag: "",
  access: "actor",
  limit: { perSecond: 50, burst: 500 },
  body: z.strictObject({ text: z.string() }),
  answers: {},
  async handle({ ctx, body, request }) {
    return json(200, { text: body.text, actor: ctx.actor.kind, ip: request.ip });
  },
});

const broken = defineRoute({
  method: "GET",
  path: "/api/v1/broken",
  operationId: "broken",
  summary: "",
  tag: "",
  access: "public",
  limit: "stored",
  answers: {},
  handle() {
    throw new Error("the password is hunter2 at /srv/gantry/lib/secret.ts");
  },
});

/** A write whose commit nobody tells the catalog of. */
const silentWrite = defineRoute({
  method: "POST",
  path: "/api/v1/silent-write",
  operationId: "silentWrite",
  summary: "",
  tag: "",
  access: "actor",
  limit: { perSecond: 50, burst: 500 },
  answers: {},
  async handle({ ctx }) {
    await writeExtensions(ctx.db, extensionRecord("docker.io/acme/written"));
    return json(200, {});
  },
});

beforeAll(async () => {
  api = await startPublicApi({ routes: [...ROUTES, echo, broken, silentWrite] });
});

afterAll(() => api.close());

const JSON_BODY = { "content-type": "application/json", authorization: "Bearer system" };

test.each([
  ["a read", "GET", "/api/v1/extensions", 200],
  ["an unknown path", "GET", "/api/v1/nothing", 404],
  ["a wrong query", "GET", "/api/v1/extensions?nothing=1", 400],
  ["an address somewhere else", "GET", "/api/v1/extensions/", 308],
  ["a method that is not there", "DELETE", "/api/v1/extensions", 405],
  ["a preflight", "OPTIONS", "/api/v1/extensions", 204],
  ["somebody unknown", "GET", "/api/v1/submissions", 401],
  ["an error of ours", "GET", "/api/v1/broken", 500],
])("%s carries every security header and a request id", async (_what, method, path, status) => {
  const answer = await api.send(path, { method });
  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": expect.any(String),
    "permissions-policy": expect.any(String),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": expect.any(String),
    "x-request-id": expect.stringMatching(/^[\w-]{8,}$/),
  });
  expect(answer.headers["set-cookie"]).toBeUndefined();
});

test("every request has an id of its own, also when the answer comes from memory", async () => {
  const ids = await Promise.all(
    Array.from({ length: 20 }, async () => (await api.send("/api/v1/extensions")).headers["x-request-id"]),
  );
  expect(new Set(ids).size).toBe(20);
});

test("paths that are not the API's are left to others", async () => {
  for (const path of [
    "/",
    "/api",
    "/api/auth/session",
    "/api/v10/extensions",
    "/api/v1x",
    "/API/v1/extensions",
  ])
    expect((await api.send(path)).status).toBe(418);
});

test("an error of ours tells nothing about our insides, and stands in the log with its request id", async () => {
  const answer = await api.send("/api/v1/broken");
  const { requestId } = answer.json() as { requestId: string };
  expect(answer.text).not.toMatch(/hunter2|srv|secret|stack/);
  expect(answer.json()).toMatchObject({
    code: "internal",
    suggestion: expect.stringContaining("request ID"),
  });
  const line = api.logLines.find((one) => one.requestId === requestId);
  expect(line).toMatchObject({ level: "error", method: "GET", path: "/api/v1/broken", status: 500 });
  expect(JSON.stringify(line)).toContain("hunter2");
});

test("who is not signed in learns nothing about what an operation takes", async () => {
  for (const body of ["{}", "nonsense", ""]) {
    const headers = { "content-type": "application/json" };
    const answer = await api.send("/api/v1/echo?nothing=1", { method: "POST", headers, body });
    expect([answer.status, answer.json()]).toMatchObject([401, { code: "unauthenticated" }]);
    expect(answer.headers["www-authenticate"]).toBe('Bearer realm="Gantry"');
  }
  const headers = { authorization: "Bearer wrong" };
  expect((await api.send("/api/v1/submissions", { headers })).json()).toMatchObject({
    code: "token_invalid",
  });
});

test("answers to somebody are for nobody else: not stored, not for other origins", async () => {
  const answer = await api.send("/api/v1/echo", { method: "POST", headers: JSON_BODY, body: '{"text":"a"}' });
  expect(answer.json()).toEqual({ text: "a", actor: "system", ip: "127.0.0.1" });
  expect(answer.headers).toMatchObject({
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
  });
  expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
});

test("other origins may read what is public, and nothing else", async () => {
  const preflight = (path: string) =>
    api.send(path, { method: "OPTIONS", headers: { origin: "https://a.example" } });
  const read = await preflight("/api/v1/extensions/acme/x");
  expect(read.status).toBe(204);
  expect(read.headers).toMatchObject({
    allow: "GET, HEAD, PATCH, OPTIONS",
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, HEAD",
  });
  expect(read.headers["access-control-allow-credentials"]).toBeUndefined();
  const write = await preflight("/api/v1/echo");
  expect(write.headers.allow).toBe("POST, OPTIONS");
  expect(write.headers["access-control-allow-origin"]).toBeUndefined();
  expect(write.headers["access-control-allow-methods"]).toBeUndefined();
  const missing = await api.send("/api/v1/extensions/acme/unknown");
  expect(missing.headers["access-control-allow-origin"]).toBe("*");
});

test.each([
  ["/api/v1/extensions/?q=a&limit=2", "/api/v1/extensions?q=a&limit=2"],
  ["/api/v1/extensions/docker.io/acme/x/-/versions/1.0.0", "/api/v1/extensions/acme/x/-/versions/1.0.0"],
])("%s leads to %s, without naming a host", async (path, location) => {
  const answer = await api.send(path, { headers: { host: "evil.example" } });
  expect([answer.status, answer.headers.location]).toEqual([308, location]);
});

test("a body may have 64 KiB, and not one byte more, whether or not its length is told", async () => {
  const body = (size: number) => `{"text":"${"a".repeat(size - 11)}"}`;
  const post = (text: string, headers: Record<string, string> = {}) =>
    api.send("/api/v1/echo", { method: "POST", headers: { ...JSON_BODY, ...headers }, body: text });
  expect((await post(body(BODY_BYTES_MAX))).status).toBe(200);
  expect((await post(body(BODY_BYTES_MAX), { "transfer-encoding": "chunked" })).status).toBe(200);
  for (const headers of [{}, { "transfer-encoding": "chunked" }] as Record<string, string>[]) {
    const answer = await post(body(BODY_BYTES_MAX + 1), headers);
    expect([answer.status, answer.json()]).toMatchObject([413, { code: "body_too_large" }]);
    expect(answer.headers.connection).toBe("close");
  }
});

test("a client that goes away in the middle of its body disturbs nobody", async () => {
  const { hostname, port } = new URL(api.origin);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      const head = "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer system\r\n";
      socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"te`);
      setImmediate(() => socket.destroy());
    });
    socket.once("close", () => resolve());
  });
  expect((await api.send("/api/v1/extensions")).status).toBe(200);
  expect(api.logLines.filter(({ level, path }) => level === "error" && path === "/api/v1/echo")).toEqual([]);
});

test("a write is answered only when this process shows it", async () => {
  const answer = await api.send("/api/v1/silent-write", { method: "POST", headers: JSON_BODY });
  expect(answer.status).toBe(200);
  expect((await api.send("/api/v1/extensions")).text).toContain("acme/written");
});

test.each([
  ["a long path", "GET", `/api/v1/extensions/${"a/".repeat(4_000)}a`, 414],
  ["a long query", "GET", `/api/v1/extensions?q=${"a".repeat(8_000)}`, 400],
  ["a method of the network", "TRACE", "/api/v1/extensions", 405],
  ["broken percent-encoding", "GET", "/api/v1/extensions/%E0%A4%A/x", 400],
  ["an encoded zero", "GET", "/api/v1/extensions/acme/%00", 400],
  ["parameters as objects", "GET", "/api/v1/extensions?category[not]=x", 400],
  ["nothing acceptable", "GET", "/api/v1/extensions", 406],
])("%s is refused as a problem with a code and a next step", async (_what, method, path, status) => {
  const headers = { "accept-encoding": status === 406 ? "identity;q=0" : "identity" };
  const answer = await api.send(path, { method, headers });
  expect(answer.status).toBe(status);
  expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(answer.json()).toMatchObject({ status, code: expect.any(String), suggestion: expect.any(String) });
});

test("public reads are answered with the database closed", async () => {
  const alone = await startPublicApi();
  try {
    await writeExtensions(alone.db, extensionRecord("docker.io/acme/a"));
    await alone.catalog.refresh();
    await alone.db.pool.end();
    for (const path of ["/api/v1/extensions", "/api/v1/extensions/acme/a", "/api/v1/allow-list"])
      expect((await alone.send(path)).status).toBe(200);
  } finally {
    await alone.close().catch(() => undefined);
  }
});
