import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGantry, type TestGantry } from "@/tests/support/gantry";
import { exchangeUntilClosed, statusesOf, UPGRADE_REQUESTS } from "@/tests/support/raw-exchange";

const COUNT = 300;

let gantry: TestGantry;

beforeAll(async () => {
  gantry = await startTestGantry({ GANTRY_REGISTRIES: "http://127.0.0.1:9" });
});
afterAll(() => gantry?.close());

/** Both ends of every connection are ours. */
const descriptors = () => readdirSync("/proc/self/fd").length;

test.each(UPGRADE_REQUESTS)(
  `${COUNT} times %s: each is answered and closed`,
  async (_what, request, status) => {
    const before = descriptors();
    const asked = statusesOf(gantry.url, request, COUNT);
    expect((await gantry.anonymous("GET", "/livez")).status).toBe(200);
    expect((await gantry.admin("GET", "/api/v1/tokens")).status).toBe(200);
    expect(await asked).toEqual([status]);
    expect(descriptors()).toBeLessThan(before + COUNT / 10);
  },
);

test("the body of a request that offers another protocol is read as ever", async () => {
  const body = JSON.stringify({ name: "From Java", scopes: ["scan"] });
  const { status, text } = await exchangeUntilClosed(
    gantry.url,
    [
      "POST /api/v1/tokens HTTP/1.1",
      "Host: x",
      "Connection: Upgrade",
      "Upgrade: h2c",
      `Authorization: Bearer ${gantry.adminToken}`,
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
      "",
      body,
    ].join("\r\n"),
  );
  expect(status).toBe(201);
  expect(text).toContain('"token":"gtry_');
});

test.each([
  ["TRACE on the API", "TRACE /api/v1/extensions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405],
  [
    "an expectation that nobody knows",
    "GET /livez HTTP/1.1\r\nHost: x\r\nExpect: cake\r\nConnection: close\r\n\r\n",
    417,
  ],
  ["HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
])("%s is refused", async (_what, request, status) => {
  expect(await exchangeUntilClosed(gantry.url, request)).toMatchObject({ status });
});

test("a client that expects 100 Continue is told to go on", async () => {
  const request = [
    "POST /api/v1/setup HTTP/1.1",
    "Host: x",
    "Expect: 100-continue",
    "Connection: close",
    "Content-Type: application/json",
    "Content-Length: 2",
    "",
    "{}",
  ].join("\r\n");
  const { text } = await exchangeUntilClosed(gantry.url, request);
  expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 4/);
});
