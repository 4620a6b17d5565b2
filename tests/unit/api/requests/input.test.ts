import { expect, test } from "vitest";
import { z } from "zod";
import { BODY_BYTES_MAX, readBody, readQuery } from "@/lib/api/requests/input";
import { type ApiRequest, defineRoute } from "@/lib/api/route";
import { isAppError } from "@/lib/platform/errors";

const route = defineRoute({
  method: "POST",
  path: "/x",
  operationId: "x",
  summary: "",
  tag: "",
  access: "public",
  limit: "stored",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(50),
    q: z.string().optional(),
  }),
  body: z.strictObject({ name: z.string() }),
  answers: {},
  handle: () => ({ kind: "empty", status: 204 }),
});

function request(contentType: string | undefined, body: string | Uint8Array): ApiRequest {
  return {
    method: "POST",
    path: "/x",
    query: new URLSearchParams(),
    header: (name) => (name === "content-type" ? contentType : undefined),
    body: async () => (typeof body === "string" ? Buffer.from(body, "utf8") : Buffer.from(body)),
    signal: () => new AbortController().signal,
    ip: "127.0.0.1",
    requestId: "1",
  };
}

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
  return "none";
}

test.each([
  ["", { limit: 50 }],
  ["limit=7&q=a%20b", { limit: 7, q: "a b" }],
])("reads the query %j", (query, expected) => {
  expect(readQuery(route, new URLSearchParams(query))).toEqual(expected);
});

test.each([
  "limit=0",
  "limit=-1",
  "limit=101",
  "limit=1e9",
  "limit=NaN",
  "limit=1.5",
  "limit=Infinity",
  "limit=1&limit=2",
  "q=a&q=b",
  "q[not]=x",
  "unknown=1",
  "__proto__=1",
  "constructor=1",
  "=1",
])("refuses the query %j", async (query) => {
  expect(await codeOf(() => readQuery(route, new URLSearchParams(query)))).toBe("invalid_input");
});

test("an unknown parameter is named, with those that are known", () => {
  expect(() => readQuery(route, new URLSearchParams("offset=3"))).toThrow(
    expect.objectContaining({ message: expect.stringContaining("offset"), suggestion: "It knows limit, q." }),
  );
});

test.each([
  ["application/json", '{"name":"a"}'],
  ["application/json; charset=utf-8", '{"name":"a"}'],
  ["Application/JSON", '{"name":"a"}'],
])("reads a body of type %s", async (contentType, body) => {
  expect(await readBody(route, request(contentType, body))).toEqual({ name: "a" });
});

test.each([
  ["text/plain", '{"name":"a"}', "unsupported_content_type"],
  ["application/x-www-form-urlencoded", "name=a", "unsupported_content_type"],
  ["application/jsonp", "{}", "unsupported_content_type"],
  [undefined, '{"name":"a"}', "unsupported_content_type"],
  ["application/json", "", "invalid_input"],
  [undefined, "", "invalid_input"],
  ["application/json", "{", "invalid_json"],
  ["application/json", "nonsense", "invalid_json"],
  ["application/json", new Uint8Array([0xff, 0xfe]), "invalid_json"],
  ["application/json", '{"name":"a","__proto__":{"admin":true}}', "invalid_json"],
  ["application/json", '{"name":{"__proto__":{}}}', "invalid_json"],
  ["application/json", '{"name":"a","role":"admin"}', "invalid_input"],
  ["application/json", '{"name":{"$gt":""}}', "invalid_input"],
  ["application/json", "[]", "invalid_input"],
  ["application/json", "null", "invalid_input"],
])("refuses %s %j as %s", async (contentType, body, code) => {
  expect(await codeOf(() => readBody(route, request(contentType, body)))).toBe(code);
});

test("asks for no more than the limit", async () => {
  const limits: number[] = [];
  const asked = {
    ...request("application/json", ""),
    body: async (limit: number) => {
      limits.push(limit);
      return Buffer.from('{"name":"a"}');
    },
  };
  await readBody(route, asked);
  expect(limits).toEqual([BODY_BYTES_MAX]);
});
