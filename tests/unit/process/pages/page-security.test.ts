import type { IncomingHttpHeaders } from "node:http";
import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refuseCrossSitePost } from "@/lib/process/csrf-protection";
import { contentSecurityPolicy, securePage } from "@/lib/process/pages/page-security";

const URL_OF_US = "https://gantry.example";

/** A server that answers with the request headers as Next would see them. */
let server: http.Server;
let address: string;

beforeAll(async () => {
  server = http.createServer((req, res) => {
    if (refuseCrossSitePost(req, res, URL_OF_US)) return;
    securePage(req, res, {
      development: false,
      url: URL_OF_US,
      clientIp: "192.0.2.1",
      requestId: "ours",
    });
    res.end(JSON.stringify(req.headers));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the server has no port");
  address = `http://127.0.0.1:${bound.port}`;
});

afterAll(() => server.close());

async function seenByNext(headers: Record<string, string>, path = "/", method = "GET") {
  const answer = await fetch(`${address}${path}`, { method, headers });
  const seen: IncomingHttpHeaders = await answer.json();
  return { answer, seen };
}

test("the policy allows our own scripts by nonce, and nothing inline, evaluated, framed or embedded", () => {
  const policy = contentSecurityPolicy("N", { development: false, https: true });
  expect(policy.split("; ")).toEqual([
    "default-src 'self'",
    "script-src 'nonce-N' 'strict-dynamic'",
    "style-src 'self' 'nonce-N'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "upgrade-insecure-requests",
  ]);
  expect(policy).not.toMatch(/unsafe/);
});

test("Next and the browser get the same fresh nonce, never one that was sent", async () => {
  const evil = { "content-security-policy": "script-src 'nonce-evil'", "x-nonce": "evil" };
  const [one, two] = [await seenByNext(evil), await seenByNext(evil)];
  const policies = [one, two].map(({ answer }) => answer.headers.get("content-security-policy"));
  expect([one, two].map(({ seen }) => seen["content-security-policy"])).toEqual(policies);
  expect(policies[0]).not.toBe(policies[1]);
  expect(policies.join()).not.toContain("evil");
  expect(one.seen["x-nonce"]).toBeUndefined();
});

test.each([
  ["content-security-policy-report-only", "script-src 'nonce-evil'"],
  ["x-middleware-subrequest", "middleware:middleware"],
  ["x-middleware-prefetch", "1"],
  ["x-matched-path", "/account"],
  ["x-invoke-path", "/account"],
  ["x-nextjs-data", "1"],
  ["next-resume", "1"],
  ["x-forwarded-host", "evil.example"],
  ["x-forwarded-proto", "https"],
  ["forwarded", "host=evil.example"],
  ["x-action-forwarded", "1"],
  ["x-gantry-anything", "1"],
])("%s from a client never reaches Next", async (name, value) => {
  const { seen } = await seenByNext({ [name]: value });
  expect(seen[name]).toBeUndefined();
});

test("the client's address and the request id are ours, whatever the client says", async () => {
  const { seen } = await seenByNext({ "x-gantry-client-ip": "203.0.113.9", "x-request-id": "theirs" });
  expect(seen).toMatchObject({ "x-gantry-client-ip": "192.0.2.1", "x-request-id": "ours" });
});

test("behind a proxy that rewrites Host, our public address is the one that Next compares with", async () => {
  expect((await seenByNext({ origin: URL_OF_US })).seen["x-forwarded-host"]).toBe("gantry.example");
  expect((await seenByNext({ origin: "https://evil.example" })).seen["x-forwarded-host"]).toBeUndefined();
  expect((await seenByNext({ origin: "%%%" })).seen.origin).toBe("null");
});

test("pages are never stored; hashed files may be; every answer is hardened", async () => {
  const page = (await seenByNext({}, "/account")).answer.headers;
  const file = (await seenByNext({}, "/_next/static/chunks/a.js")).answer.headers;
  expect(page.get("cache-control")).toBe("no-store");
  expect(file.get("cache-control")).toBeNull();
  for (const headers of [page, file]) {
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "strict-transport-security": "max-age=31536000",
      "x-frame-options": "DENY",
    });
    expect(headers.get("permissions-policy")).toContain("camera=()");
  }
});

test.each([
  ["without Origin", {}],
  ["from another site", { origin: "https://evil.example" }],
  ["from an opaque origin", { origin: "null" }],
  ["with a forged forwarded host", { origin: "https://evil.example", "x-forwarded-host": "evil.example" }],
])("a form %s is refused before Next", async (_what, headers) => {
  const answer = await fetch(address, { method: "POST", headers, body: "x" });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain("not asked for by one of Gantry's own pages");
});

test("a form of our own passes", async () => {
  expect((await seenByNext({ origin: URL_OF_US }, "/", "POST")).answer.status).toBe(200);
});
