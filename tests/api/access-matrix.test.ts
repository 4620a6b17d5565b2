import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scopeOf } from "@/lib/api/openapi/scope";
import { ROUTES } from "@/lib/api/table";
import { services } from "@/lib/journal/context";
import { type Call, startTestGantry, type TestGantry } from "@/tests/support/gantry";

/** Who gets past the door of each operation that needs an account; a new operation without a line fails. */
const DOORS: Record<string, { roles: readonly Role[]; scope: string | undefined }> = {
  submit: { roles: ["admin", "reviewer", "publisher"], scope: "submissions" },
  listSubmissions: { roles: ["admin", "reviewer", "publisher"], scope: "submissions" },
  getSubmission: { roles: ["admin", "reviewer", "publisher"], scope: "submissions" },
  withdrawSubmission: { roles: ["admin", "reviewer", "publisher"], scope: "submissions" },
  checkSubmission: { roles: ["admin", "reviewer", "publisher"], scope: "submissions" },
  replyToSubmission: { roles: ["admin", "reviewer", "publisher"], scope: "submissions" },
  decideSubmission: { roles: ["admin", "reviewer"], scope: "review" },
  addEntry: { roles: ["admin"], scope: "allow-list" },
  changeEntry: { roles: ["admin", "reviewer"], scope: "allow-list" },
  listEntries: { roles: ["admin", "reviewer"], scope: "allow-list" },
  getEntry: { roles: ["admin", "reviewer"], scope: "allow-list" },
  listOpenVersions: { roles: ["admin", "reviewer"], scope: "versions" },
  getReinspection: { roles: ["admin", "reviewer"], scope: "versions" },
  importDesktopReleases: { roles: ["admin"], scope: "admin" },
  putDesktopRelease: { roles: ["admin"], scope: "admin" },
  removeDesktopRelease: { roles: ["admin"], scope: "admin" },
  getSubmissionReport: { roles: ["admin", "reviewer", "publisher"], scope: "submissions" },
  changeExtension: { roles: ["admin", "reviewer"], scope: "versions" },
  listVersion: { roles: ["admin", "reviewer"], scope: "versions" },
  holdVersion: { roles: ["admin", "reviewer"], scope: "versions" },
  yankVersion: { roles: ["admin", "reviewer"], scope: "versions" },
  blockVersion: { roles: ["admin", "reviewer"], scope: "versions" },
  restoreVersion: { roles: ["admin", "reviewer"], scope: "versions" },
  scanExtension: { roles: ["admin", "reviewer"], scope: "scan" },
  createUser: { roles: ["admin"], scope: "admin" },
  listUsers: { roles: ["admin"], scope: "admin" },
  changeUser: { roles: ["admin"], scope: "admin" },
  inviteUser: { roles: ["admin"], scope: "admin" },
  createToken: { roles: ["admin", "reviewer", "publisher"], scope: "admin" },
  listTokens: { roles: ["admin", "reviewer", "publisher"], scope: "admin" },
  revokeToken: { roles: ["admin", "reviewer", "publisher"], scope: "admin" },
  getPolicy: { roles: ["admin", "reviewer"], scope: "admin" },
  changePolicy: { roles: ["admin"], scope: "admin" },
  listRegistries: { roles: ["admin"], scope: "admin" },
  putRegistryCredentials: { roles: ["admin"], scope: "admin" },
  removeRegistryCredentials: { roles: ["admin"], scope: "admin" },
  testRegistryCredentials: { roles: ["admin"], scope: "admin" },
  listDeadLetters: { roles: ["admin"], scope: "admin" },
  retryDeadLetter: { roles: ["admin"], scope: "admin" },
  listAudit: { roles: ["admin", "reviewer"], scope: "audit:read" },
  checkAudit: { roles: ["admin", "reviewer"], scope: "audit:read" },
};

const ROLES = ["admin", "reviewer", "publisher"] as const;
type Role = (typeof ROLES)[number];

const GUARDED = ROUTES.filter(({ access }) => access === "actor");
const NOBODYS_ID = "00000000-0000-7000-8000-000000000000";

/** Bodies that pass each schema, so that what answers is the permission and not the validation. */
const BODIES: Record<string, unknown> = {
  submit: { repository: "acme/nobody-has-this" },
  withdrawSubmission: {},
  replyToSubmission: { message: "Fixed." },
  decideSubmission: { decision: "decline", reason: "No." },
  addEntry: { repository: "acme/nobody-has-this", reason: "Needed." },
  changeEntry: { state: "suspended", reason: "Why not." },
  changeExtension: { deprecated: null },
  createUser: { email: "someone@acme.example", name: "Someone", role: "publisher" },
  changeUser: { name: "Someone else" },
  createToken: { name: "Other", scopes: ["scan"] },
  importDesktopReleases: {
    csv: "version,api_version,confidence,source\n4.98.0,0.4.2,verified,Seen on a desk.",
  },
  putDesktopRelease: { apiVersion: "0.4.2", confidence: "verified", source: "Seen on a desk." },
  putRegistryCredentials: { username: "robot", password: "read-only" },
  testRegistryCredentials: {},
  changePolicy: { policy: { preset: "sdk" }, expectedVersion: 999 },
  ...Object.fromEntries(
    ["list", "hold", "yank", "block", "restore"].map((act) => [`${act}Version`, { reason: "Why not." }]),
  ),
};

let gantry: TestGantry;
const callers = new Map<Role, Call>();

beforeAll(async () => {
  gantry = await startTestGantry({ GANTRY_REGISTRIES: "http://127.0.0.1:9" });
  for (const role of ROLES) callers.set(role, (await gantry.person(role)).call);
});

afterAll(() => gantry?.close());

function ask(call: Call, { method, path, operationId }: (typeof ROUTES)[number]) {
  const target = path
    .replace("{repository}", "acme/nobody-has-this")
    .replace("{tag}", "1.0.0")
    .replace("{id}", NOBODYS_ID)
    .replace("{version}", "4.99.0")
    .replace("{host}", "127.0.0.1:9");
  return call(method, target, BODIES[operationId]);
}

test("every operation that needs an account is in the table", () => {
  expect(Object.keys(DOORS).sort()).toEqual(GUARDED.map(({ operationId }) => operationId).sort());
});

test.each(GUARDED)("the document names the scope of $operationId", (route) => {
  expect(scopeOf(route)).toBe(DOORS[route.operationId]?.scope);
});

describe.each(GUARDED)("$method $path", (route) => {
  test("nobody without an account gets in", async () => {
    expect(await ask(gantry.anonymous, route)).toMatchObject({
      status: 401,
      body: { code: "unauthenticated" },
    });
  });

  test.each(ROLES)("%s", async (role) => {
    const call = callers.get(role);
    if (!call) throw new Error("every role has a caller");
    const { status, body } = await ask(call, route);
    if (DOORS[route.operationId]?.roles.includes(role)) expect([401, 403]).not.toContain(status);
    else expect({ status, code: body.code }).toEqual({ status: 403, code: "forbidden" });
    expect(status).toBeLessThan(500);
  });

  test("an admin's token without the scope is refused", async () => {
    const scopes = ["submissions", "review", "allow-list", "versions", "scan", "audit:read", "admin"];
    const without = scopes.filter((scope) => scope !== DOORS[route.operationId]?.scope);
    const { call } = await gantry.person("admin", without);
    expect(await ask(call, route)).toMatchObject({ status: 403, body: { code: "scope_missing" } });
  });
});

/** What gives somebody an account, or an admin's rights. */
const SENSITIVE: readonly [string, string, (id: string) => string, object | undefined][] = [
  ["invite an admin", "POST", () => "users", { email: "boss@acme.example", name: "Boss", role: "admin" }],
  ["make an admin", "PATCH", (id) => `users/${id}`, { role: "admin" }],
  ["demote that admin", "PATCH", (id) => `users/${id}`, { role: "reviewer" }],
  ["reset a password", "POST", (id) => `users/${id}/invitation`, undefined],
  ["create an admin token", "POST", () => "tokens", { name: "Admin", scopes: ["admin", "scan"] }],
];

test("sensitive operations are for sessions with a recent sign-in alone", async () => {
  const { id } = await gantry.person("reviewer");
  const { prisma } = services.get().db;
  const colleague = await gantry.person("admin");
  for (const [what, method, path, body] of SENSITIVE) {
    const answers = [];
    for (const call of [gantry.admin, colleague.call])
      answers.push(await call(method, `/api/v1/${path(id)}`, body));
    const age = (authenticatedAt: Date) => prisma.session.updateMany({ data: { authenticatedAt } });
    await age(new Date(0));
    answers.push(await gantry.adminSession(method, `/api/v1/${path(id)}`, body));
    await age(new Date());
    answers.push(await gantry.adminSession(method, `/api/v1/${path(id)}`, body));
    expect(
      answers.map(({ status, body }) => body.code ?? status),
      what,
    ).toEqual([
      "session_required",
      "session_required",
      "recent_sign_in_required",
      method === "PATCH" ? 200 : 201,
    ]);
    for (const refused of answers.slice(0, 3)) {
      expect(refused.status).toBe(403);
      expect(refused.body.suggestion).not.toBe("");
    }
  }
});

test("a suspended person's token is refused everywhere at once", async () => {
  const { call, id } = await gantry.person("reviewer");
  expect(await call("GET", "/api/v1/submissions")).toMatchObject({ status: 200 });
  await gantry.admin("PATCH", `/api/v1/users/${id}`, { role: "suspended" });
  for (const route of GUARDED) expect([401, 403]).toContain((await ask(call, route)).status);
});

test.each([
  ["a NUL in a text", { repository: "acme/disk-lens\u0000" }],
  ["half a character", '{"repository":"acme/\\ud800"}'],
  ["an unknown field", { repository: "acme/disk-lens", state: "approved" }],
  ["a list instead of an object", []],
  ["an operator instead of a text", { repository: { contains: "a" } }],
  ["a prototype", '{"__proto__":{"admin":true},"repository":"acme/disk-lens"}'],
  ["no JSON at all", "repository=acme"],
])("%s is refused with 400 and changes nothing", async (_what, body) => {
  const answer = await gantry.admin("POST", "/api/v1/submissions", body);
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(answer.body.suggestion).not.toBe("");
  expect((await gantry.admin("GET", "/api/v1/submissions")).body.total).toBe(0);
});

test.each([
  "/api/v1/extensions/acme/x%00y",
  "/api/v1/extensions/acme/x/-/versions/1.0.0%00",
  "/api/v1/submissions/%00",
  "/api/v1/submissions?cursor=%00",
  "/api/v1/extensions?q=%00",
  "/api/v1/audit?subjectId=%00",
  "/api/v1/extensions/%ff/x",
])("%s is never an error of ours", async (target) => {
  const { status } = await gantry.admin("GET", target);
  expect([400, 404]).toContain(status);
});
