import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseDigest } from "@/lib/extension/reference/digest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { cleanText } from "@/lib/registry/oci/clean-text";
import {
  type Answer,
  type HostileRegistry,
  startHostileRegistry,
} from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

const TAGS = "/v2/acme/disk-lens/tags/list";
const MANIFEST = "/v2/acme/disk-lens/manifests/1.0.0";
const API = { "docker-distribution-api-version": "registry/2.0" };
const NOW_MS = Date.parse("2026-11-20T12:00:00Z");

let server: HostileRegistry;
let open: OpenClient;
let pauses: number[];

beforeEach(async () => {
  server = await startHostileRegistry();
  pauses = [];
  open = openClient(server.url, { now: () => NOW_MS, onPause: (ms) => pauses.push(ms) });
});
afterEach(async () => {
  await open.close();
  await server.stop();
});

const repository = () => repositoryOfName(`${server.host}/acme/disk-lens`);
const listTags = () => open.client.tags(repository());
const fetchTag = () => open.client.manifest(repository(), "1.0.0");

function refusal(status: number, code: string, message = ""): Answer {
  return { status, body: JSON.stringify({ errors: [{ code, message, detail: {} }] }) };
}

describe("not found", () => {
  test.each([
    ["NAME_UNKNOWN", "repository_not_found"],
    ["MANIFEST_UNKNOWN", "reference_not_found"],
    ["MANIFEST_BLOB_UNKNOWN", "reference_not_found"],
    ["NOT_FOUND", "reference_not_found"],
    ["SOMETHING_NEW", "reference_not_found"],
  ])("a manifest's 404 with %j", async (code, expected) => {
    server.on(MANIFEST, refusal(404, code));
    await expect(fetchTag()).rejects.toMatchObject({ code: expected, retryable: false });
  });

  test.each([
    ["an error document", refusal(404, "NAME_UNKNOWN")],
    ["an error document of its own code", refusal(404, "NOT_FOUND", "project acme not found")],
    ["nothing but the API's version", { status: 404, headers: API }],
    ["410", { status: 410, headers: API }],
  ])("a tag list's 404 with %s is a missing repository", async (_name, answer) => {
    server.on(TAGS, answer);
    await expect(listTags()).rejects.toMatchObject({ code: "repository_not_found" });
  });
});

describe("limits of the registry", () => {
  test.each([
    [{ "retry-after": "120" }, 120],
    [{ "retry-after": "Fri, 20 Nov 2026 12:05:00 GMT" }, 300],
    [{ "retry-after": "1000000000" }, 21_600],
    [{ "retry-after": "garbage" }, 60],
    [{ "x-retry-after": String(NOW_MS / 1000 + 30) }, 30],
    [{}, 60],
  ])("429 with %j says when to come back, and is not repeated now", async (headers, retryAfterSeconds) => {
    server.on(TAGS, { status: 429, headers });
    await expect(listTags()).rejects.toMatchObject({
      code: "registry_rate_limited",
      retryable: true,
      retryAfterSeconds,
    });
    expect(server.requests).toHaveLength(1);
  });

  test("503 with Retry-After is not repeated now either", async () => {
    server.on(TAGS, { status: 503, headers: { "retry-after": "90" } });
    await expect(listTags()).rejects.toMatchObject({ code: "registry_error", retryAfterSeconds: 90 });
    expect(server.requests).toHaveLength(1);
  });
});

describe("trouble of the registry", () => {
  test.each([502, 503, 504])("%d is tried three times, with growing pauses", async (status) => {
    server.on(TAGS, { status });
    await expect(listTags()).rejects.toMatchObject({
      code: "registry_error",
      retryable: true,
      details: { status },
    });
    expect(server.requests).toHaveLength(3);
    expect(pauses).toEqual([125, 500]);
  });

  test("a second try that works is the answer", async () => {
    server.on(TAGS, { status: 502 }, { body: '{"tags":["1.0.0"]}' });
    expect((await listTags()).tags).toEqual(["1.0.0"]);
  });

  test.each([500, 501, 507, 522])("%d is retryable later, not now", async (status) => {
    server.on(TAGS, { status });
    await expect(listTags()).rejects.toMatchObject({ code: "registry_error", retryable: true });
    expect(server.requests).toHaveLength(1);
  });

  test.each([400, 405, 416, 204, 304])("%d is final", async (status) => {
    server.on(TAGS, { status, headers: API });
    await expect(listTags()).rejects.toMatchObject({ code: "registry_error", retryable: false });
  });

  test("a connection that is reset is tried three times, then unreachable", async () => {
    server.on(TAGS, (_request, response) => {
      response.socket?.destroy();
      return undefined;
    });
    await expect(listTags()).rejects.toMatchObject({ code: "registry_unreachable", retryable: true });
    expect(server.requests).toHaveLength(3);
  });

  test("an encoded answer breaks the protocol", async () => {
    server.on(TAGS, { headers: { "content-encoding": "gzip" }, body: "x" });
    await expect(listTags()).rejects.toMatchObject({ code: "registry_protocol" });
  });

  test.each([401, 403])("%d on a repository wants credentials", async (status) => {
    server.on(TAGS, { status, headers: { "www-authenticate": "Basic" } });
    await expect(listTags()).rejects.toMatchObject({
      code: "registry_auth_required",
      retryable: false,
      details: { status },
    });
  });
});

describe("what a program receives", () => {
  const BLOB = `/v2/acme/disk-lens/blobs/sha256:${"a".repeat(64)}`;

  test.each([
    [404, "NAME_UNKNOWN", "repository_not_found"],
    [403, "DENIED", "registry_auth_required"],
    [429, "TOOMANYREQUESTS", "registry_rate_limited"],
    [500, "UNKNOWN", "registry_error"],
  ])("%d: the status, the registry's code and the address", async (status, code, expected) => {
    server.on(TAGS, refusal(status, code));
    await expect(listTags()).rejects.toMatchObject({
      code: expected,
      details: { host: server.host, status, codes: [code], url: server.url + TAGS },
    });
  });

  test("addresses are without their query, where signatures stand, and codes are codes", async () => {
    const signed = "/bucket/blob?X-Amz-Signature=sesame&token=sesame";
    server.on(BLOB, { status: 307, headers: { location: signed } });
    server.on("/bucket/blob", refusal(500, "\u001b[31mnot a code"));
    const read = open.client.blob(repository(), { digest: digestOfBlob(), sizeBytes: 1 });
    const error = await read.catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: "registry_error", details: { url: `${server.url}/bucket/blob` } });
    expect(error).not.toHaveProperty("details.codes");
    expect(`${JSON.stringify(error)} ${error}`).not.toContain("sesame");
  });

  function digestOfBlob() {
    const digest = parseDigest(`sha256:${"a".repeat(64)}`);
    if (digest === undefined) throw new Error("it is a digest");
    return digest;
  }
});

describe("the registry's own words", () => {
  test("are repeated, cleaned", async () => {
    server.on(TAGS, refusal(500, "UNKNOWN", "\u001b[31mdisk\u0000 full\u001b[0m\r\n\u202eretemed\u202c"));
    await expect(listTags()).rejects.toMatchObject({
      message: expect.stringContaining("“disk full retemed”"),
    });
  });

  test("are cut, however much is sent", async () => {
    server.on(TAGS, refusal(500, "UNKNOWN", "x".repeat(10_000)));
    const error = await listTags().catch((thrown: Error) => thrown);
    expect(error).toHaveProperty("message.length", expect.closeTo(400, -3));
    server.on(TAGS, {
      status: 500,
      body: Buffer.alloc(1024 * 1024, "x"),
      headers: { "content-type": "text/plain" },
    });
    const metered = open.client.metered();
    await expect(metered.tags(repository())).rejects.toMatchObject({ code: "registry_error" });
    expect(metered.cost().bytes).toBeLessThan(200_000);
  });

  test.each([
    ["HTML of a proxy", { status: 500, headers: { "content-type": "text/html" }, body: "<h1>oops</h1>" }],
    ["JSON of another kind", { status: 500, body: '{"error":"oops"}' }],
    ["errors that are no list", { status: 500, body: '{"errors":"oops"}' }],
    ["broken JSON", { status: 500, body: '{"errors":[{"message":"oops' }],
  ])("%s is not repeated", async (_name, answer) => {
    server.on(TAGS, answer);
    const error = await listTags().catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: "registry_error", message: expect.not.stringContaining("oops") });
  });

  test.each([
    ["Authorization: Bearer abcdefgh12345", "Authorization: Bearer [redacted]"],
    ["token=abc123 is bad", "token=[redacted] is bad"],
    ["see eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.sig", "see [redacted]"],
    ["line\none\u2028two\u200b", "line one two"],
    ["\u001b]0;title\u0007text", "text"],
    ["<script>alert(1)</script>", "<script>alert(1)</script>"],
  ])("%j becomes %j", (text, cleaned) => {
    expect(cleanText(text)).toBe(cleaned);
  });
});
