import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApiDocument } from "@/lib/api/openapi/document";
import { BODY_BYTES_MAX } from "@/lib/api/requests/input";
import type { Route } from "@/lib/api/route";
import { ROUTES } from "@/lib/api/table";
import { database } from "@/lib/platform/db/database";
import { type Contract, openContract } from "@/tests/support/contract";
import { type Answer, type Call, startTestGantry, type TestGantry } from "@/tests/support/gantry";
import { waitFor } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";

/** Every operation with a caller, held against the document: in the one life of one extension, and refused. */

const GUARDED = ROUTES.filter(({ access }) => access !== "public");
const NOBODYS_ID = "00000000-0000-7000-8000-000000000000";

const contract: Contract = openContract();
let registry: DistributionRegistry;
let gantry: TestGantry;
let publisher: Call;
let name: string;

beforeAll(async () => {
  registry = await startDistributionRegistry({});
  gantry = await startTestGantry({ GANTRY_REGISTRIES: registry.registries });
  publisher = (await gantry.person("publisher")).call;
  name = `${registry.host}/acme/disk-lens`;
});

afterAll(async () => {
  await gantry?.close();
  await registry?.stop();
});

/** The answer, after the document was asked about it. */
async function ask(
  operationId: string,
  call: Call,
  target: string,
  body?: unknown,
  headers?: Record<string, string>,
) {
  const route = ROUTES.find((one) => one.operationId === operationId);
  if (route === undefined) throw new Error(`there is no operation ${operationId}`);
  const answer = await call(route.method, target, body, headers);
  hold(operationId, answer);
  return answer;
}

function hold(operationId: string, { status, headers, body }: Answer): void {
  contract.expect(operationId, { status, contentType: headers.get("content-type") ?? undefined, body });
}

function admin(operationId: string, target: string, body?: unknown) {
  return ask(operationId, gantry.admin, `/api/v1${target}`, body);
}

async function settled(id: string) {
  return waitFor(
    () => admin("getSubmission", `/submissions/${id}`),
    ({ body }) => body.state !== "checking",
  );
}

test("accounts, invitations and tokens", async () => {
  hold("setUp", gantry.setUp);
  const made = await admin("createUser", "/users", {
    email: "new@acme.example",
    name: "New",
    role: "publisher",
  });
  const again = await admin("createUser", "/users", {
    email: "new@acme.example",
    name: "New",
    role: "publisher",
  });
  expect([made.status, again.status]).toEqual([201, 409]);
  const invited = await admin("inviteUser", `/users/${made.body.id}/invitation`);
  const secret = new URL(invited.body.inviteUrl).pathname.split("/").at(-1);
  const accepted = { token: secret, name: "New", password: "correct horse battery", scopes: ["submissions"] };
  await ask("acceptInvitation", gantry.anonymous, "/api/v1/invitations/accept", accepted);
  const twice = await ask("acceptInvitation", gantry.anonymous, "/api/v1/invitations/accept", accepted);
  expect(twice.status).toBe(404);
  await admin("listUsers", "/users?limit=2");
  await admin("changeUser", `/users/${made.body.id}`, { role: "reviewer" });
  const token = await admin("createToken", "/tokens", { name: "CI", scopes: ["scan"] });
  await admin("listTokens", "/tokens");
  expect((await admin("revokeToken", `/tokens/${token.body.id}`)).status).toBe(204);
});

test("policy, Desktop releases and the audit log", async () => {
  const { body } = await admin("getPolicy", "/policy");
  await admin("changePolicy", "/policy", { policy: body.policy, expectedVersion: body.version });
  expect((await admin("changePolicy", "/policy", { policy: body.policy, expectedVersion: 99 })).status).toBe(
    409,
  );
  const release = { apiVersion: "0.4.2", confidence: "verified", source: "Seen on a desk." };
  await admin("putDesktopRelease", "/desktop-releases/4.99.0", release);
  const csv = "version,api_version,confidence,source\n4.98.0,0.4.2,verified,Seen on a desk.";
  await admin("importDesktopReleases", "/desktop-releases", { csv, dryRun: true });
  expect((await admin("importDesktopReleases", "/desktop-releases", { csv })).body.added).toHaveLength(1);
  const refused = await admin("importDesktopReleases", "/desktop-releases", { csv: `${csv}\n4.97,,x,` });
  expect(refused.body.details.problems).toHaveLength(3);
  await admin("removeDesktopRelease", "/desktop-releases/4.99.0");
  expect((await admin("removeDesktopRelease", "/desktop-releases/4.99.0")).status).toBe(404);
  const crashed = { kind: "scan-extension", subject: NOBODYS_ID, crashes: 5, crashesAlone: 3 };
  const now = new Date();
  const row = { ...crashed, lastCrashAt: now, deadSince: now };
  const { id } = await database.get().prisma.jobCrash.create({ data: row });
  expect((await admin("listDeadLetters", "/dead-letters")).body.items).toMatchObject([{ id, kind: "scan" }]);
  await admin("retryDeadLetter", `/dead-letters/${id}/retry`, {});
  const missing = "/dead-letters/00000000-0000-7000-8000-000000000000/retry";
  expect((await admin("retryDeadLetter", missing, {})).status).toBe(404);
  await admin("listAudit", "/audit?limit=5");
  await admin("checkAudit", "/audit/check");
});

test("registry credentials", async () => {
  const path = `/registries/${registry.host}/credentials`;
  const login = { namespace: "team", username: "robot", password: "read-only" };
  expect((await admin("putRegistryCredentials", path, login)).status).toBe(201);
  expect((await admin("putRegistryCredentials", path, login)).status).toBe(200);
  expect((await admin("putRegistryCredentials", path, { ...login, username: "a:b" })).status).toBe(400);
  const tested = await admin("testRegistryCredentials", `${path}/test`, { namespace: "team" });
  expect(tested.body).toEqual({ outcome: "untested", error: null });
  await admin("listRegistries", "/registries");
  expect((await admin("removeRegistryCredentials", `${path}?namespace=team`)).status).toBe(200);
  expect((await admin("removeRegistryCredentials", `${path}?namespace=team`)).status).toBe(404);
});

test("an extension from its submission to its last version act", async () => {
  await pushExtension(registry, "acme/disk-lens", "1.0.0");
  await ask("inspectImage", gantry.anonymous, "/api/v1/inspections", { reference: name });
  const gone = await ask("inspectImage", gantry.anonymous, "/api/v1/inspections", {
    reference: `${name}:9.9.9`,
  });
  expect(gone.body.code).toBe("reference_not_found");
  const first = await ask("submit", publisher, "/api/v1/submissions", { repository: name });
  expect(first.status).toBe(202);
  expect((await ask("submit", publisher, "/api/v1/submissions", { repository: name })).status).toBe(200);
  expect((await ask("submit", gantry.admin, "/api/v1/submissions", { repository: name })).status).toBe(409);
  const { id } = first.body;
  await settled(id);
  await admin("listSubmissions", "/submissions?limit=1");
  await admin("getSubmissionReport", `/submissions/${id}/report`);
  const changes = { decision: "request_changes", reason: "Say which disks." };
  await admin("decideSubmission", `/submissions/${id}/decision`, changes);
  await ask("replyToSubmission", publisher, `/api/v1/submissions/${id}/reply`, { message: "All of them." });
  await settled(id);
  await ask("checkSubmission", publisher, `/api/v1/submissions/${id}/check`, {});
  const { body } = await settled(id);
  const stale = { decision: "approve", expectedDigest: `sha256:${"0".repeat(64)}` };
  expect((await admin("decideSubmission", `/submissions/${id}/decision`, stale)).body.code).toBe(
    "digest_moved",
  );
  const approval = { decision: "approve", expectedDigest: body.candidate.digest };
  expect((await admin("decideSubmission", `/submissions/${id}/decision`, approval)).status).toBe(200);
  expect(
    (await ask("withdrawSubmission", publisher, `/api/v1/submissions/${id}/withdraw`, {})).body.code,
  ).toBe("illegal_state");

  await pushExtension(registry, "acme/disk-lens", "1.1.0", {
    labels: { "org.opencontainers.image.title": "Disk Lens 2" },
  });
  expect((await admin("scanExtension", `/extensions/${name}/-/scan?wait=30`, {})).status).toBe(200);
  await admin("listEntries", "/entries");
  await admin("getEntry", `/entries/${name}`);
  for (const act of ["hold", "list", "yank", "restore", "block", "restore"]) {
    const acted = await admin(`${act}Version`, `/extensions/${name}/-/versions/1.0.0/${act}`, {
      reason: "For the contract.",
    });
    expect([act, acted.status, acted.body.code]).toEqual([act, 200, undefined]);
  }
  await admin("listOpenVersions", "/open-versions?kind=held");
  await admin("getReinspection", "/reinspection");
  await admin("changeExtension", `/extensions/${name}`, {
    deprecated: { message: "Old.", replacement: null },
  });
  await admin("changeEntry", `/allow-list/${name}`, { track: "range", range: "^1", reason: "Stay." });
  expect(
    (await admin("changeEntry", `/allow-list/${name}`, { track: "range", range: "^^", reason: "Stay." }))
      .status,
  ).toBe(400);
  expect((await admin("addEntry", "/allow-list", { repository: name, reason: "Again." })).body.code).toBe(
    "already_listed",
  );
  const added = await admin("addEntry", "/allow-list", {
    repository: `${registry.host}/acme/other`,
    reason: "New.",
  });
  await settled(added.body.id);
  await ask("withdrawSubmission", gantry.admin, `/api/v1/submissions/${added.body.id}/withdraw`, {});
});

describe.each(GUARDED)("$operationId refuses", (route) => {
  test("as the document says", async () => {
    const target = targetOf(route);
    const body = exampleBodyOf(route);
    if (route.access === "actor") {
      expect((await ask(route.operationId, gantry.anonymous, target, body)).status).toBe(401);
      const wrong = await ask(route.operationId, gantry.callWith("gtry_wrong"), target, body);
      expect(wrong.body.code).toBe("token_invalid");
    }
    expect((await ask(route.operationId, gantry.admin, `${target}?zzz=1`, body)).status).toBe(400);
    if (route.path.includes("{repository}")) {
      const alone = target.replace("acme/nobody-has-this", "alone");
      expect((await ask(route.operationId, gantry.admin, alone, body)).body.code).toBe("repository_invalid");
    }
    if (route.path.includes("{"))
      expect((await ask(route.operationId, gantry.admin, target, body)).status).toBeGreaterThanOrEqual(200);
    if (route.body === undefined) return;
    const type = { "content-type": "text/plain" };
    expect((await ask(route.operationId, gantry.admin, target, "{}", type)).status).toBe(415);
    expect((await ask(route.operationId, gantry.admin, target, "{")).status).toBe(400);
    const tooLong = `"${"x".repeat(route.bodyBytesMax ?? BODY_BYTES_MAX)}"`;
    expect((await ask(route.operationId, gantry.admin, target, tooLong)).status).toBe(413);
  });
});

test("who guesses links is told to wait", async () => {
  const guess = { token: "x".repeat(43), name: "Guess", password: "correct horse battery" };
  const answers: Answer[] = [];
  for (let guesses = 0; guesses < 12; guesses += 1)
    answers.push(await ask("acceptInvitation", gantry.anonymous, "/api/v1/invitations/accept", guess));
  expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: "too_many_attempts" } });
  expect(answers.at(-1)?.headers.get("retry-after")).toMatch(/^[0-9]+$/);
});

test("every operation with a caller was seen to answer and to refuse", () => {
  const names = GUARDED.map(({ operationId }) => operationId).sort();
  expect([...contract.seen.answers].filter((one) => names.includes(one)).sort()).toEqual(names);
  expect([...contract.seen.problems].filter((one) => names.includes(one)).sort()).toEqual(names);
});

function targetOf({ path }: Route): string {
  return path
    .replace("{repository}", "acme/nobody-has-this")
    .replace("{tag}", "1.0.0")
    .replace("{id}", NOBODYS_ID)
    .replace("{version}", "4.98.0");
}

/** The document's own example: what it shows to readers is what is sent here. */
function exampleBodyOf(route: Route): unknown {
  const document = JSON.parse(JSON.stringify(openApiDocument([route])));
  const operation = document.paths[route.path][route.method.toLowerCase()];
  return operation.requestBody?.content["application/json"].example;
}
