import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withIdentity } from "@/lib/identity/identity";
import { createSession } from "@/lib/identity/sessions/create-session";
import { ANONYMOUS } from "@/lib/journal/actor";
import { contextFor } from "@/lib/journal/context";
import { type Call, startTestGantry, type TestGantry } from "@/tests/support/gantry";

let gantry: TestGantry;

beforeAll(async () => {
  gantry = await startTestGantry({});
});
afterAll(() => gantry.close());

const SETUP = { token: "x", email: "eve@acme.example", name: "Eve", password: "correct horse battery" };

describe("set-up", () => {
  test("is closed once there is an admin, for every token and with any credentials", async () => {
    for (const call of [gantry.anonymous, gantry.admin])
      expect(await call("POST", "/api/v1/setup", SETUP)).toMatchObject({
        status: 409,
        body: { code: "setup_closed" },
      });
  });

  test("takes only what it knows", async () => {
    const more = { ...SETUP, role: "admin" };
    expect(await gantry.anonymous("POST", "/api/v1/setup", more)).toMatchObject({ status: 400 });
    expect(await gantry.anonymous("POST", "/api/v1/setup", { ...SETUP, name: 7 })).toMatchObject({
      status: 400,
    });
  });
});

describe("accounts", () => {
  test("an admin invites, lists, changes and suspends; nothing more is told than an account is", async () => {
    const created = await gantry.admin("POST", "/api/v1/users", {
      email: "Grace@Acme.example",
      name: "Grace",
      role: "reviewer",
    });
    expect(created).toMatchObject({
      status: 201,
      body: { inviteUrl: expect.stringContaining(`${gantry.url}/invite/`), expiresAt: expect.any(String) },
    });
    const { id } = created.body;
    const { body } = await gantry.admin("GET", "/api/v1/users?limit=100");
    const account = { id, email: "grace@acme.example", name: "Grace", role: "reviewer", state: "invited" };
    expect(body.items.find((item: { id: string }) => item.id === id)).toEqual({
      ...account,
      createdAt: expect.any(String),
    });
    expect(await gantry.admin("PATCH", `/api/v1/users/${id}`, { role: "suspended" })).toMatchObject({
      status: 200,
      body: { ...account, role: "suspended", state: "suspended" },
    });
  });

  test.each([
    ["an id", { id: "00000000-0000-7000-8000-000000000000" }],
    ["a password", { passwordHash: "x" }],
    ["an epoch", { epoch: 7 }],
    ["a prototype", JSON.parse('{"__proto__":{"role":"admin"}}')],
    ["a role that is none", { role: "owner" }],
    ["a list for a name", { name: ["Eve"] }],
  ])("%s cannot be set by changing an account", async (_what, change) => {
    const { id } = await gantry.person("publisher");
    const list = () => gantry.admin("GET", "/api/v1/users?limit=100");
    const before = (await list()).body;
    expect(await gantry.admin("PATCH", `/api/v1/users/${id}`, change)).toMatchObject({ status: 400 });
    expect((await list()).body).toEqual(before);
  });

  test("a suspended person's token stops with the very next request", async () => {
    const { call, id } = await gantry.person("publisher");
    expect(await call("GET", "/api/v1/tokens")).toMatchObject({ status: 200 });
    await gantry.admin("PATCH", `/api/v1/users/${id}`, { role: "suspended" });
    expect(await call("GET", "/api/v1/tokens")).toMatchObject({
      status: 401,
      body: { code: "token_invalid" },
    });
  });
});

describe("API tokens", () => {
  test("are shown once, listed without the secret, and dead once revoked", async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const created = await gantry.adminSession("POST", "/api/v1/tokens", {
      name: "CI",
      scopes: ["admin"],
      expiresAt,
    });
    expect(created).toMatchObject({ status: 201, body: { expiresAt } });
    const { id, token } = created.body;
    const call = gantry.callWith(token);
    const listed = await call("GET", "/api/v1/tokens");
    expect(listed.body.items[0]).toEqual({
      id,
      name: "CI",
      hint: token.slice(0, 9),
      scopes: ["admin"],
      createdAt: expect.any(String),
      expiresAt,
      lastUsedAt: expect.any(String),
      parentId: null,
      descendants: 0,
    });
    expect(JSON.stringify(listed.body)).not.toContain(token);
    expect(await gantry.admin("DELETE", `/api/v1/tokens/${id}`)).toMatchObject({ status: 204, body: "" });
    expect(await call("GET", "/api/v1/tokens")).toMatchObject({
      status: 401,
      body: { code: "token_invalid" },
    });
  });

  test("one that a token creates ends with it, and is revoked with it", async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const input = { name: "Parent", scopes: ["admin", "scan"], expiresAt };
    const parent = (await gantry.adminSession("POST", "/api/v1/tokens", input)).body;
    const asParent = gantry.callWith(parent.token);
    const child = await asParent("POST", "/api/v1/tokens", { name: "Child", scopes: ["scan"] });
    expect(child).toMatchObject({ status: 201, body: { expiresAt } });
    const late = { name: "Late", scopes: ["scan"], expiresAt: new Date(Date.now() + 120_000).toISOString() };
    expect(await asParent("POST", "/api/v1/tokens", late)).toMatchObject({
      status: 400,
      body: { code: "invalid_input", details: { field: "expiresAt" } },
    });
    const { items } = (await gantry.admin("GET", "/api/v1/tokens")).body;
    expect(items.slice(0, 2)).toMatchObject([
      { name: "Child", parentId: parent.id, descendants: 0 },
      { name: "Parent", parentId: null, descendants: 1 },
    ]);
    await gantry.admin("DELETE", `/api/v1/tokens/${parent.id}`);
    const withChild = await gantry.callWith(child.body.token)("GET", "/api/v1/submissions");
    expect(withChild).toMatchObject({ status: 401, body: { code: "token_invalid" } });
  });

  test("the one of the setup ends after a day", async () => {
    const { token, tokenExpiresAt } = gantry.setUp.body;
    expect(token).toBe(gantry.adminToken);
    const { items } = (await gantry.admin("GET", "/api/v1/tokens")).body;
    const { createdAt } = items.find(({ name }: { name: string }) => name === "Set-up");
    const hours = (Date.parse(tokenExpiresAt) - Date.parse(createdAt)) / 3_600_000;
    expect(hours).toBeCloseTo(24, 1);
  });

  test("answers about accounts are never stored by caches and set no cookie", async () => {
    const { headers } = await gantry.admin("GET", "/api/v1/tokens");
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("set-cookie")).toBeNull();
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});

test("two sets of credentials are refused, whichever comes first", async () => {
  const good = `Bearer ${gantry.adminToken}`;
  const { hostname, port } = new URL(gantry.url);
  for (const authorization of [
    [good, good],
    [good, "Bearer junk"],
    ["Bearer junk", good],
    [`${good}, ${good}`],
  ]) {
    const headers = authorization.flatMap((value) => ["Authorization", value]);
    const sent = request({ hostname, port, path: "/api/v1/tokens", headers: ["Host", "x", ...headers] });
    const [response] = await once(sent.end(), "response");
    const chunks = await response.toArray();
    expect(JSON.parse(Buffer.concat(chunks).toString("utf8"))).toMatchObject({
      status: 400,
      code: "credentials_ambiguous",
    });
  }
  const both = await gantry.adminSession("GET", "/api/v1/tokens", undefined, { authorization: good });
  expect(both).toMatchObject({ status: 400, body: { code: "credentials_ambiguous" } });
});

describe("a session at the API", () => {
  let cookie: string;

  beforeAll(async () => {
    const { id } = await gantry.person("admin");
    const ctx = withIdentity(contextFor(ANONYMOUS, undefined));
    const made = await createSession(ctx, { userId: id, epoch: 0, method: "password", userAgent: "Tests/1" });
    cookie = `${made.name}=${made.value}`;
  });

  const withCookie: (headers?: Record<string, string>) => Call =
    (more = {}) =>
    (method, path, body, headers) =>
      gantry.anonymous(method, path, body, { cookie, ...more, ...headers });

  const NEW_TOKEN = { name: "By session", scopes: ["scan"] };

  test("reads, and writes from our own pages", async () => {
    expect(await withCookie()("GET", "/api/v1/tokens")).toMatchObject({ status: 200 });
    const own = withCookie({ origin: gantry.url });
    expect(await own("POST", "/api/v1/tokens", NEW_TOKEN)).toMatchObject({ status: 201 });
  });

  test.each([
    ["without Origin", {}, 403, "cross_origin"],
    ["from another site", { origin: "https://evil.example" }, 403, "cross_origin"],
    ["from an opaque origin", { origin: "null" }, 403, "cross_origin"],
    [
      "with a forged forwarded host",
      { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
      403,
      "cross_origin",
    ],
    [
      "from another port of this machine",
      { origin: "http://127.0.0.1:1", "sec-fetch-site": "same-site" },
      403,
      "cross_origin",
    ],
  ])("does not write %s", async (_what, headers, status, code) => {
    const before = (await withCookie()("GET", "/api/v1/tokens")).body.total;
    const answer = await withCookie(headers)("POST", "/api/v1/tokens", NEW_TOKEN);
    expect(answer).toMatchObject({ status, body: { code } });
    expect((await withCookie()("GET", "/api/v1/tokens")).body.total).toBe(before);
  });

  test("does not write what a form could send", async () => {
    const form = withCookie({ origin: gantry.url, "content-type": "text/plain" });
    expect(await form("POST", "/api/v1/tokens", JSON.stringify(NEW_TOKEN))).toMatchObject({
      status: 415,
      body: { code: "unsupported_content_type" },
    });
  });
});
