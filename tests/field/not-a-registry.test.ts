import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { attributeError } from "@/lib/inspection/error-attribution";
import { unavailabilityOf } from "@/lib/scanning/scan-error";
import {
  type Answer,
  type HostileRegistry,
  startHostileRegistry,
} from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

const TAGS = "/v2/acme/disk-lens/tags/list";
const MANIFEST = "/v2/acme/disk-lens/manifests/1.0.0";
const API = { "docker-distribution-api-version": "registry/2.0" };
const PAGE = { "content-type": "text/html; charset=utf-8" };
const HTML = "<!DOCTYPE html><title>404</title><h1>Not here</h1>";
const ociError = (code: string, message = "") => JSON.stringify({ errors: [{ code, message }] });

let server: HostileRegistry;
let open: OpenClient;

beforeEach(async () => {
  server = await startHostileRegistry();
  server.on("/v2/", { status: 404, headers: PAGE, body: HTML });
  open = openClient(server.url);
});
afterEach(async () => {
  await open.close();
  await server.stop();
});

const repository = () => repositoryOfName(`${server.host}/acme/disk-lens`);
const failing = async (read: Promise<unknown>) => {
  const error = await read.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  if (error === undefined) throw new Error("it did not fail");
  return error;
};
const listing = () => failing(open.client.tags(repository()));
const fetching = () => failing(open.client.manifest(repository(), "1.0.0"));
const resolving = () => failing(open.client.resolve(repository(), "1.0.0"));

/** Nobody's fault but the host's: final, with what was seen, and no step towards delisting. */
function expectNotARegistry(error: unknown, seen: RegExp) {
  expect(error).toMatchObject({
    code: "not_a_registry",
    retryable: false,
    message: expect.stringMatching(seen),
    suggestion: expect.stringContaining("This says nothing about"),
  });
  expect(error).toHaveProperty("message", expect.stringContaining("does not behave like a registry"));
  expect(attributeError(error)).toBe("ours");
  expect(unavailabilityOf(error)).toBeUndefined();
}

describe("an answer of a website or proxy", () => {
  test.each<[name: string, answer: Answer, seen: RegExp]>([
    ["a web page", { status: 404, headers: PAGE, body: HTML }, /404 with a web page/],
    ["a web page without a type", { status: 404, body: "<html>" }, /404 with a web page/],
    [
      "a proxy's page with the API's version",
      { status: 404, headers: { ...PAGE, ...API }, body: HTML },
      /web page/,
    ],
    [
      "Go's text",
      { status: 404, headers: { "content-type": "text/plain" }, body: "404 page not found" },
      /plain text/,
    ],
    ["JSON of a framework", { status: 404, body: '{"detail":"Not Found"}' }, /404 with JSON/],
    [
      "Artifactory's JSON",
      { status: 404, body: '{"errors":[{"status":404,"message":"no"}]}' },
      /404 with JSON/,
    ],
    ["errors without codes", { status: 404, body: ociError("") }, /404 with JSON/],
    [
      "XML",
      { status: 404, headers: { "content-type": "application/xml" }, body: "<Error/>" },
      /404 with a body/,
    ],
    ["nothing", { status: 404 }, /404 with an empty body/],
    ["410 and nothing", { status: 410 }, /410 with an empty body/],
    ["400 and a page", { status: 400, headers: PAGE, body: HTML }, /400 with a web page/],
    ["405 and nothing", { status: 405 }, /405 with an empty body/],
    ["403 and a page", { status: 403, headers: PAGE, body: HTML }, /403 with a web page/],
  ])("%s", async (_name, answer, seen) => {
    server.on(TAGS, answer);
    server.on(MANIFEST, answer);
    for (const error of [await listing(), await fetching(), await resolving()]) {
      expectNotARegistry(error, seen);
      expect(error).toMatchObject({ details: { host: server.host, status: answer.status } });
    }
  });

  test("names the address, without its query", async () => {
    server.on(TAGS, { status: 404, headers: PAGE, body: HTML });
    expectNotARegistry(await listing(), new RegExp(`its API at ${server.url}${TAGS} answered`));
  });

  test("200 with a web page instead of a tag list", async () => {
    server.on(TAGS, { headers: PAGE, body: HTML });
    expectNotARegistry(await listing(), /200 with a web page/);
  });
});

describe("the API's own answer", () => {
  test.each<[name: string, body: string, code: string]>([
    [
      "Distribution",
      ociError("NAME_UNKNOWN", "repository name not known to registry"),
      "repository_not_found",
    ],
    [
      "Harbor: repository",
      ociError("NOT_FOUND", "repository acme/disk-lens not found"),
      "repository_not_found",
    ],
    ["Harbor: project", ociError("NOT_FOUND", "project acme not found"), "repository_not_found"],
    ["another code", ociError("REPOSITORY_UNKNOWN"), "repository_not_found"],
  ])("%s: no such repository", async (_name, body, code) => {
    server.on(TAGS, { status: 404, body });
    expect(await listing()).toMatchObject({ code });
  });

  test.each<[name: string, body: string, code: string]>([
    ["Distribution", ociError("MANIFEST_UNKNOWN", "manifest unknown"), "reference_not_found"],
    [
      "Harbor: artifact",
      ociError("NOT_FOUND", "artifact acme/disk-lens:1.0.0 not found"),
      "reference_not_found",
    ],
    [
      "Harbor: repository",
      ociError("NOT_FOUND", "repository acme/disk-lens not found"),
      "repository_not_found",
    ],
    ["GitLab", ociError("NAME_UNKNOWN"), "repository_not_found"],
  ])("%s: a manifest that is missing", async (_name, body, code) => {
    server.on(MANIFEST, { status: 404, body });
    expect(await fetching()).toMatchObject({ code });
    expect(await resolving()).toMatchObject({ code });
  });

  test("an empty body with the API's version counts, without another request", async () => {
    server.on(TAGS, { status: 404, headers: API });
    expect(await listing()).toMatchObject({ code: "repository_not_found" });
    expect(server.count("/v2/")).toBe(0);
  });

  test.each<[name: string, answer: Answer, isRegistry: boolean]>([
    ["200 and an object", { headers: { "content-type": "application/json" }, body: "{}" }, true],
    ["200 and the version", { headers: API }, true],
    ["401 and the version", { status: 401, headers: API }, true],
    ["401 and an error document", { status: 401, body: ociError("UNAUTHORIZED") }, true],
    ["200 and nothing", {}, false],
    ["200 and a page", { headers: { ...PAGE, ...API }, body: HTML }, false],
    ["401 and nothing", { status: 401 }, false],
    ["404 and the version", { status: 404, headers: API }, false],
  ])("an empty body counts if /v2/ answers with %s: %s", async (_name, answer, isRegistry) => {
    server.on("/v2/", answer);
    server.on(TAGS, { status: 404 });
    server.on(MANIFEST, { status: 404 });
    expect(await listing()).toMatchObject({ code: isRegistry ? "repository_not_found" : "not_a_registry" });
    expect(await fetching()).toMatchObject({ code: isRegistry ? "reference_not_found" : "not_a_registry" });
    expect(server.count("/v2/")).toBe(isRegistry ? 1 : 2);
  });

  test("an empty body counts from a registry that has listed tags", async () => {
    server.on(TAGS, { body: '{"tags":["1.0.0"]}' }, { status: 404 });
    server.on(MANIFEST, { status: 404 });
    await open.client.tags(repository());
    expect(await fetching()).toMatchObject({ code: "reference_not_found" });
    expect(server.count("/v2/")).toBe(0);
    // Only an answer of now says that the repository itself is gone.
    expect(await listing()).toMatchObject({ code: "not_a_registry" });
  });

  test("400 in its form is final, and about the request", async () => {
    server.on(MANIFEST, { status: 400, body: ociError("NAME_INVALID") });
    expect(await fetching()).toMatchObject({ code: "registry_error", retryable: false });
  });
});

describe("a token server", () => {
  const wantsToken = (answer: Answer) => {
    const challenge = `Bearer realm="${server.url}/token",service="x"`;
    server.on(TAGS, {
      status: 401,
      headers: { "www-authenticate": challenge },
      body: ociError("UNAUTHORIZED"),
    });
    server.on("/token", answer);
  };

  test.each<[name: string, answer: Answer, seen: RegExp]>([
    ["404 and a page", { status: 404, headers: PAGE, body: HTML }, /404 with a web page/],
    ["404 and nothing", { status: 404 }, /404 with an empty body/],
    ["404 and the API's version", { status: 404, headers: API }, /404 with an empty body/],
    [
      "404 and an error document",
      { status: 404, body: ociError("NAME_UNKNOWN") },
      /404 with a registry’s error/,
    ],
    ["400", { status: 400, body: '{"details":"invalid scope"}' }, /400 with JSON/],
    ["405", { status: 405 }, /405 with an empty body/],
    ["410", { status: 410 }, /410/],
    ["403 and a page", { status: 403, headers: PAGE, body: HTML }, /403 with a web page/],
    ["200 and a page", { headers: PAGE, body: HTML }, /200 with a web page/],
    ["200 and a page without a type", { body: HTML }, /200 with a web page/],
  ])("%s", async (_name, answer, seen) => {
    wantsToken(answer);
    const error = await listing();
    expectNotARegistry(error, seen);
    expect(error.message).toContain(`its token server at ${server.url}/token answered`);
    expect(server.count("/token")).toBe(1);
  });

  test.each([401, 403])("%d in words of its own asks for credentials", async (status) => {
    wantsToken({ status, body: '{"error":"denied"}' });
    expect(await listing()).toMatchObject({ code: "registry_auth_required" });
  });
});
