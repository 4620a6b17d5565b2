import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { readPageRequest } from "@/lib/process/page-cache/page-request";

function read(url: string, headers: Record<string, string> = {}, method = "GET") {
  const req = new IncomingMessage(new Socket());
  Object.assign(req, { url, method, headers });
  return readPageRequest(req, "gantry-session");
}

test.each([
  ["/", "/"],
  ["/?", "/"],
  ["/?q=disk&category=utility-tools", "/?category=utility-tools&q=disk"],
  ["/?category=utility-tools&q=disk", "/?category=utility-tools&q=disk"],
  ["/?q=a%20b", "/?q=a+b"],
  ["/?q=%26sort%3Dtitle", "/?q=%26sort%3Dtitle"],
  ["/?q=one&q=two", "/?q=one&q=two"],
  ["/?desktop=4.44.0&arch=arm64", "/?arch=arm64&desktop=4.44.0"],
  ["/extensions/acme/disk-lens", "/extensions/acme/disk-lens"],
  ["/extensions/127.0.0.1:5000/acme/disk-lens", "/extensions/127.0.0.1:5000/acme/disk-lens"],
  ["/extensions/127.0.0.1%3A5000/acme/disk-lens", "/extensions/127.0.0.1%3A5000/acme/disk-lens"],
  ["/extensions/acme/disk-lens/-/versions/1.0.0-rc.1", "/extensions/acme/disk-lens/-/versions/1.0.0-rc.1"],
  ["/allow-list", "/allow-list"],
])("%s is kept as %s", (url, address) => {
  expect(read(url)).toEqual({ address, host: undefined, isPlain: !address?.includes("?"), key: address });
  expect(read(url, {}, "HEAD")).toEqual(read(url));
});

test.each([
  "/sign-in",
  "/account",
  "/publish",
  "/admin",
  "/setup",
  "/desktop?desktop=4.44.0&arch=arm64",
  "/extensions",
  "/extensions/",
  "/extensions/acme/",
  "/extensions//acme",
  "/extensions/acme/<script>",
  "//",
  "//evil.example",
  "/?unknown=1",
  "/?q=disk&_rsc=abc",
  "/?_rsc=abc",
  "/?q=disk&__proto__=1",
  "/allow-list?at=2026-01-01T00:00:00Z",
  "/extensions/acme/disk-lens?q=disk",
  "/index",
  "/_next/static/chunks/main.js",
  "http://evil.example/",
  "*",
  `/?q=${"x".repeat(5000)}`,
])("%s is Next's to answer", (url) => {
  expect(read(url)).toBeUndefined();
});

test.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])("%s is Next's to answer", (method) => {
  expect(read("/", {}, method)).toBeUndefined();
});

test.each([
  ["a session", { cookie: "gantry-session=abc" }],
  ["a session behind other cookies", { cookie: "a=b; gantry-host=4.44.0~arm64; gantry-session=abc" }],
  ["an empty session before another one", { cookie: "gantry-session=; gantry-session=abc" }],
  ["a session in parts", { cookie: "gantry-session.0=abc" }],
  ["a session cookie of another scheme", { cookie: "__Host-gantry-session=abc" }],
  ["a token", { authorization: "Bearer gtry_abc" }],
  ["a question of Next's scripts", { rsc: "1" }],
  ["a router state", { "next-router-state-tree": "[]" }],
  ["a prefetch", { "next-router-prefetch": "1" }],
  ["a prefetch of a part", { "next-router-segment-prefetch": "/_tree" }],
  ["a server action", { "next-action": "abc" }],
  ["an address of Next's", { "next-url": "/" }],
  ["a channel of Next's", { "x-nextjs-data": "1" }],
])("a request with %s is Next's to answer", (_what, headers) => {
  expect(read("/", headers)).toBeUndefined();
});

test("visitors share a page exactly when they chose the same Docker Desktop", () => {
  const keyWith = (cookie: string) => read("/", { cookie })?.key;
  const chosen = keyWith("gantry-host=4.44.0~arm64");
  expect(keyWith("theme=dark; gantry-host=4.44.0~arm64; other=1")).toBe(chosen);
  expect(
    new Set([chosen, keyWith("gantry-host=4.44.0~amd64"), keyWith("gantry-host=4.18.0~arm64"), "/"]).size,
  ).toBe(4);
  expect(read("/", { cookie: "gantry-host=4.44.0~arm64" })?.host).toEqual({
    desktop: "4.44.0",
    architecture: "arm64",
  });
});

test.each([
  "gantry-host=",
  "gantry-host=4.44.0",
  "gantry-host=4.44~arm64",
  "gantry-host=4.44.0~arm64~x",
  "gantry-host=4.44.0~a b",
  "gantry-host=<script>~arm64",
  "gantry-host=%34.44.0~arm64",
  "not-gantry-host=4.44.0~arm64",
  "tracking=1",
])("the cookie %j chooses nothing and makes no page of its own", (cookie) => {
  expect(read("/", { cookie })).toEqual(read("/"));
});
