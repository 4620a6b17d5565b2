import { describe, expect, test } from "vitest";
import { createMatcher } from "@/lib/api/match";
import { defineRoute, type Method } from "@/lib/api/route";
import { hasCode } from "@/lib/platform/errors";

function route(method: Method, path: string) {
  return defineRoute({
    method,
    path,
    operationId: `${method} ${path}`,
    summary: "",
    tag: "",
    access: "public",
    limit: "stored",
    answers: {},
    handle: () => ({ kind: "empty", status: 204 }),
  });
}

const match = createMatcher([
  route("GET", "/api/v1/extensions"),
  route("GET", "/api/v1/extensions/{repository}"),
  route("PATCH", "/api/v1/extensions/{repository}"),
  route("GET", "/api/v1/extensions/{repository}/-/offer"),
  route("GET", "/api/v1/extensions/{repository}/-/versions/{tag}"),
  route("POST", "/api/v1/extensions/{repository}/-/versions/{tag}/list"),
  route("GET", "/api/v1/submissions/{id}"),
  route("GET", "/api/v1/openapi.json"),
]);

function told(method: string, path: string) {
  const found = match(method, path);
  switch (found.kind) {
    case "found":
      return { ...found.params, operation: found.route.operationId };
    case "redirect":
      return found.path;
    case "method":
      return found.routes.map((one) => one.method);
    case "none":
      return "none";
  }
}

describe("finds the operation and its parameters", () => {
  const EXTENSION = "GET /api/v1/extensions/{repository}";
  test.each([
    ["/api/v1/extensions", { operation: "GET /api/v1/extensions" }],
    ["/api/v1/extensions/acme/disk-lens", { repository: "acme/disk-lens", operation: EXTENSION }],
    ["/api/v1/extensions/acme%2Fdisk-lens", { repository: "acme/disk-lens", operation: EXTENSION }],
    ["/api/v1/extensions/ghcr.io/a/b/c", { repository: "ghcr.io/a/b/c", operation: EXTENSION }],
    ["/api/v1/extensions/127.0.0.1:5000/a/b", { repository: "127.0.0.1:5000/a/b", operation: EXTENSION }],
    ["/api/v1/extensions/127.0.0.1%3A5000/a/b", { repository: "127.0.0.1:5000/a/b", operation: EXTENSION }],
    [
      "/api/v1/extensions/127.0.0.1%3a5000%2fa%2fb",
      { repository: "127.0.0.1:5000/a/b", operation: EXTENSION },
    ],
    [
      "/api/v1/extensions/acme/x/-/offer",
      { repository: "acme/x", operation: "GET /api/v1/extensions/{repository}/-/offer" },
    ],
    [
      "/api/v1/extensions/127.0.0.1%3A5000/a/b/-/versions/v1.0.0-rc.1",
      {
        repository: "127.0.0.1:5000/a/b",
        tag: "v1.0.0-rc.1",
        operation: "GET /api/v1/extensions/{repository}/-/versions/{tag}",
      },
    ],
    ["/api/v1/submissions/42", { id: "42", operation: "GET /api/v1/submissions/{id}" }],
    ["/api/v1/openapi.json", { operation: "GET /api/v1/openapi.json" }],
  ])("%s", (path, expected) => {
    expect(told("GET", path)).toEqual(expected);
    expect(told("HEAD", path)).toEqual(expected);
  });
});

test.each([
  ["/api/v1/extensions/", "/api/v1/extensions"],
  ["/api/v1/extensions///", "/api/v1/extensions"],
  ["/api/v1/extensions/acme/x/", "/api/v1/extensions/acme/x"],
  ["/api/v1/extensions/docker.io/acme/x", "/api/v1/extensions/acme/x"],
  ["/api/v1/extensions/docker.io%2Facme%2Fx", "/api/v1/extensions/acme/x"],
  ["/api/v1/extensions/Docker.io/acme/x", "/api/v1/extensions/acme/x"],
  ["/api/v1/extensions/index.docker.io/acme/x/-/offer", "/api/v1/extensions/acme/x/-/offer"],
  ["/api/v1/extensions/docker.io/acme/x/-/versions/v1%2E0", "/api/v1/extensions/acme/x/-/versions/v1%2E0"],
])("%s is somewhere else: %s", (path, expected) => {
  expect(told("GET", path)).toBe(expected);
});

test.each([
  "/api/v1",
  "/api/v1/",
  "/api/v1/nothing",
  "/api/v1/extensionsx",
  "/api/v1//extensions",
  "/api/v1/submissions/a/b",
  "/api/v1/extensions/acme/x/-/nothing",
  "/api/v1/extensions/acme/x/-/versions/1.0.0/nothing",
  "/api/v1/extensions/acme/x/-/versions/a/b/c",
  "/api/v1/extensions/acme/x/-",
  "/api/v1/openapi_json",
])("nothing is at %s", (path) => {
  expect(told("GET", path)).toBe("none");
});

test("a path that exists without the method names those that it has", () => {
  expect(told("DELETE", "/api/v1/extensions/acme/x")).toEqual(["GET", "PATCH"]);
  expect(told("TRACE", "/api/v1/extensions")).toEqual(["GET"]);
});

test.each([
  ["/api/v1/extensions/alone", "repository_invalid"],
  ["/api/v1/extensions/Acme/X", "repository_invalid"],
  ["/api/v1/extensions/acme//x", "repository_invalid"],
  ["/api/v1/extensions/acme/../x", "repository_invalid"],
  ["/api/v1/extensions/acme%2F-%2Fx", "repository_invalid"],
  ["/api/v1/extensions/%00", "repository_invalid"],
  ["/api/v1/extensions/%E0%A4%A", "invalid_input"],
  ["/api/v1/extensions/%", "invalid_input"],
  ["/api/v1/extensions/acme/x:1.0.0", "not_found"],
  ["/api/v1/extensions/docker%20pull%20acme%2Fx", "not_found"],
] as const)("%s is refused as %s", (path, code) => {
  let thrown: unknown;
  try {
    match("GET", path);
  } catch (error) {
    thrown = error;
  }
  expect(hasCode(thrown, code)).toBe(true);
});

test("long paths of every shape are matched in linear time", () => {
  for (const path of ["/-".repeat(40_000), "/a".repeat(40_000), "/-/".repeat(30_000), "a".repeat(80_000)])
    expect(() => match("GET", `/api/v1/extensions/${path}`)).not.toThrow(TypeError);
});
