/** Private repositories on a registry with token authentication, like Harbor, read with stored credentials. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { credentialVault, passwordSealer } from "@/lib/marketplace/registry-credentials/vault";
import { database } from "@/lib/platform/db/database";
import { type Answer, type Call, startTestGantry, type TestGantry } from "@/tests/support/gantry";
import { waitFor } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";

let registry: DistributionRegistry;
let gantry: TestGantry;
let publisher: Call;
let reviewer: Call;

beforeAll(async () => {
  registry = await startDistributionRegistry({ auth: "token" });
  gantry = await startTestGantry({
    GANTRY_REGISTRIES: `${registry.registries},docker.io=${registry.url}`,
    GANTRY_LOG_LEVEL: "silent",
  });
  publisher = (await gantry.person("publisher")).call;
  reviewer = (await gantry.person("reviewer")).call;
});
afterAll(async () => {
  await gantry?.close();
  await registry?.stop();
});

const API = "/api/v1";
const nameOf = (path: string) => `${registry.host}/${path}`;
const credentialsPath = () => `${API}/registries/${encodeURIComponent(registry.host)}/credentials`;
const GOOD = () => ({ ...registry.credentials, tokenServer: registry.tokenOrigin });

const store = (login: object) => gantry.admin("PUT", credentialsPath(), { namespace: "private", ...login });
const stateOf = async () => {
  const { body } = await gantry.admin("GET", `${API}/registries`);
  return body.items[0].credentials[0];
};
const preflight = (call: Call, path: string, share = false) =>
  call("POST", `${API}/inspections`, { reference: nameOf(path), share });
const extensionPage = (path: string) => gantry.anonymous("GET", `${API}/extensions/${nameOf(path)}`);

async function submissionOf(call: Call, id: string, done: (body: Answer["body"]) => boolean) {
  const { body } = await waitFor(
    () => call("GET", `${API}/submissions/${id}`),
    (answer) => done(answer.body),
  );
  return body;
}
const isChecked = ({ state }: { state: string }) => state !== "checking";

async function scan(path: string) {
  const { body } = await gantry.admin("POST", `${API}/extensions/${nameOf(path)}/-/scan?wait=30`);
  return body;
}

describe("with credentials for the namespace private/", () => {
  beforeAll(async () => {
    await pushExtension(registry, "private/tool", "1.0.0");
    expect((await store(GOOD())).status).toBe(201);
  });

  test("an admin adds a private repository: approved, scanned, offered", async () => {
    const added = await gantry.admin("POST", `${API}/allow-list`, {
      repository: nameOf("private/tool"),
      reason: "Our own tool.",
    });
    const ended = await submissionOf(gantry.admin, added.body.id, isChecked);
    expect(ended).toMatchObject({ state: "approved", isPrivate: true, candidate: { tag: "1.0.0" } });
    await pushExtension(registry, "private/tool", "1.1.0", {
      labels: { "com.docker.extension.changelog": "1.1" },
    });
    expect(await scan("private/tool")).toMatchObject({ error: null, found: 2 });
    await waitFor(
      () => extensionPage("private/tool"),
      ({ body }) => body.latest?.tag === "1.1.0",
    );
    const offer = await gantry.anonymous(
      "GET",
      `${API}/extensions/${nameOf("private/tool")}/-/offer?desktop=4.38.0&arch=arm64`,
    );
    expect(offer.body).toMatchObject({ offer: { tag: "1.1.0" } });
    expect(await stateOf()).toMatchObject({
      state: "working",
      lastUsedAt: expect.any(String),
      alarmSince: null,
    });
  });

  test("only reviewers see it in a pre-flight; everyone else sees nothing, also right after them", async () => {
    await pushExtension(registry, "private/hidden", "1.0.0");
    const denied = { status: 502, body: { code: "registry_auth_required" } };
    expect(await preflight(gantry.anonymous, "private/hidden")).toMatchObject(denied);
    const seen = await preflight(reviewer, "private/hidden", true);
    expect(seen).toMatchObject({
      status: 200,
      body: { tag: "1.0.0", labels: { "org.opencontainers.image.title": "Disk Lens" } },
    });
    for (const call of [gantry.anonymous, publisher, gantry.anonymous]) {
      const answer = await preflight(call, "private/hidden");
      expect(answer).toMatchObject(denied);
      expect(JSON.stringify(answer.body)).not.toContain("Disk Lens");
    }
    expect((await preflight(gantry.admin, "private/hidden")).status).toBe(200);
    const shared = await database.get().prisma.sharedPreflight.findMany({ where: { isPrivate: true } });
    expect(seen.body.shared.path).toBe(`/check/${shared[0]?.id}`);
  });

  test("what their layers taught is not reused for strangers' images with the same layers", async () => {
    const rows = await database.get().prisma.layerFact.findMany();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ scope }) => scope.startsWith(nameOf("private/")))).toBe(true);
    await pushExtension(registry, "acme/same-layers", "1.0.0");
    const { body } = await preflight(gantry.anonymous, "acme/same-layers");
    expect(body.cost.layerBytes).toBeGreaterThan(0);
  });

  test("a report of a public image in a reviewer's pre-flight stays shareable", async () => {
    await pushExtension(registry, "acme/open", "1.0.0");
    const { body } = await preflight(reviewer, "acme/open", true);
    const id = body.shared.path.split("/").at(-1);
    const kept = await database.get().prisma.sharedPreflight.findUniqueOrThrow({ where: { id } });
    expect(kept.isPrivate).toBe(false);
  });

  test("a publisher's submission waits for a reviewer, who reads it; the submitter sees it once it is approved", async () => {
    await pushExtension(registry, "private/submitted", "1.0.0");
    const { body: made } = await publisher("POST", `${API}/submissions`, {
      repository: nameOf("private/submitted"),
    });
    const waiting = await submissionOf(reviewer, made.id, isChecked);
    expect(waiting).toMatchObject({
      state: "in_review",
      candidate: null,
      isPrivate: false,
      error: { code: "registry_auth_required" },
    });
    const early = { decision: "approve", expectedDigest: `sha256:${"0".repeat(64)}` };
    const tooEarly = await reviewer("POST", `${API}/submissions/${made.id}/decision`, early);
    expect(tooEarly.status).toBeGreaterThanOrEqual(400);

    await publisher("POST", `${API}/submissions/${made.id}/check`, {});
    expect(await submissionOf(reviewer, made.id, isChecked)).toMatchObject({ candidate: null });

    await reviewer("POST", `${API}/submissions/${made.id}/check`, {});
    const read = await submissionOf(
      reviewer,
      made.id,
      ({ state, candidate }) => state === "in_review" && candidate,
    );
    expect(read).toMatchObject({ isPrivate: true, error: null, candidate: { tag: "1.0.0" } });

    const { body: own } = await publisher("GET", `${API}/submissions/${made.id}`);
    expect(own).toMatchObject({ state: "in_review", candidate: null, findings: [], skippedTags: [] });
    const { body: list } = await publisher("GET", `${API}/submissions`);
    const { body: report } = await publisher("GET", `${API}/submissions/${made.id}/report`);
    for (const answer of [own, list, report]) {
      expect(JSON.stringify(answer)).not.toMatch(/1\.0\.0|Disk Lens|sha256:/);
    }

    const decision = { decision: "approve", expectedDigest: read.candidate.digest };
    expect((await reviewer("POST", `${API}/submissions/${made.id}/decision`, decision)).status).toBe(200);
    expect((await publisher("GET", `${API}/submissions/${made.id}`)).body).toMatchObject({
      state: "approved",
      candidate: { tag: "1.0.0" },
    });
    await waitFor(
      () => extensionPage("private/submitted"),
      ({ body }) => body.latest?.tag === "1.0.0",
    );
  });

  test("a name that does not exist waits in the same way, so that its submitter does not learn which ones do", async () => {
    const { body: made } = await publisher("POST", `${API}/submissions`, {
      repository: nameOf("private/does-not-exist"),
    });
    const waiting = await submissionOf(publisher, made.id, isChecked);
    expect(waiting).toMatchObject({ state: "in_review", candidate: null });
    await reviewer("POST", `${API}/submissions/${made.id}/check`, {});
    const refused = await submissionOf(reviewer, made.id, ({ state }) => state === "needs_changes");
    expect(refused.error).toMatchObject({ code: "repository_not_found" });
    const { body: own } = await publisher("GET", `${API}/submissions/${made.id}`);
    expect(own.error.message).toContain("only reviewers see the result");
  });

  test("a reviewer's reason reaches the submitter, before and after a check with credentials", async () => {
    for (const isRead of [false, true]) {
      const path = `private/changed-${isRead ? "read" : "unread"}`;
      await pushExtension(registry, path, "1.0.0");
      const { body: made } = await publisher("POST", `${API}/submissions`, { repository: nameOf(path) });
      await submissionOf(reviewer, made.id, isChecked);
      if (isRead) {
        await reviewer("POST", `${API}/submissions/${made.id}/check`, {});
        await submissionOf(reviewer, made.id, ({ candidate }) => candidate !== null);
      }
      const decision = { decision: "request_changes", reason: "Rename it, please." };
      expect((await reviewer("POST", `${API}/submissions/${made.id}/decision`, decision)).status).toBe(200);
      const { body: own } = await publisher("GET", `${API}/submissions/${made.id}`);
      expect(own).toMatchObject({ state: "needs_changes", error: null, candidate: null, isPrivate: isRead });
      expect(own.timeline.at(-1)).toMatchObject({ kind: "changes_requested", message: "Rename it, please." });
    }
  });

  test("credentials for all of Docker Hub do not fill the review queue with mistyped names", async () => {
    const hub = `${API}/registries/docker.io/credentials`;
    expect((await gantry.admin("PUT", hub, GOOD())).status).toBe(201);
    const { body: made } = await publisher("POST", `${API}/submissions`, { repository: "private/mistyped" });
    expect(await submissionOf(publisher, made.id, isChecked)).toMatchObject({
      state: "needs_changes",
      error: { code: "registry_auth_required" },
    });
    expect((await gantry.admin("DELETE", hub)).status).toBe(200);
  });

  test("outside the namespace nothing changes for publishers", async () => {
    await pushExtension(registry, "acme/public", "1.0.0");
    const { body: made } = await publisher("POST", `${API}/submissions`, {
      repository: nameOf("acme/public"),
    });
    const checked = await submissionOf(publisher, made.id, isChecked);
    expect(checked).toMatchObject({ state: "in_review", isPrivate: false, candidate: { tag: "1.0.0" } });
  });

  test("the test of credentials", async () => {
    const test = (body: object) =>
      gantry.admin("POST", `${credentialsPath()}/test`, { namespace: "private", ...body });
    expect((await test({})).body).toEqual({ outcome: "passed", error: null });
    expect((await test({ repository: nameOf("private/tool") })).body.outcome).toBe("passed");
    expect((await test({ repository: nameOf("acme/public") })).body).toMatchObject({
      code: "invalid_input",
    });
    expect((await stateOf()).test).toMatchObject({ error: null });
  });
});

describe("credentials that stop working", () => {
  const messages = async () => {
    const rows = await database
      .get()
      .prisma.outboxMessage.findMany({ where: { kind: { startsWith: "registry." } } });
    return rows.map(({ kind }) => kind);
  };

  test("wrong ones: public repositories are read, private ones fail without being marked as gone, admins are alarmed", async () => {
    await store({ ...GOOD(), password: "wrong-password" });
    await gantry.admin("PUT", credentialsPath(), { ...GOOD(), password: "wrong-password" });
    expect((await preflight(reviewer, "acme/public")).status).toBe(200);
    expect(await scan("private/tool")).toMatchObject({
      state: "failed",
      error: { code: "registry_auth_failed" },
    });
    const { refusals } = await database.get().prisma.extension.findUniqueOrThrow({
      where: { repository: nameOf("private/tool") },
    });
    expect(refusals).toBe(0);
    expect(await stateOf()).toMatchObject({
      state: "refused",
      alarmSince: expect.any(String),
      lastError: { code: "registry_auth_failed" },
    });
    expect((await messages()).length).toBeGreaterThan(0);
    await gantry.admin("DELETE", credentialsPath());
  });

  test("a replacement works at once", async () => {
    expect((await store(GOOD())).status).toBe(200);
    expect(await stateOf()).toMatchObject({ state: "untested", alarmSince: null, lastError: null });
    expect(await scan("private/tool")).toMatchObject({ error: null });
    expect(await stateOf()).toMatchObject({ state: "working" });
  });

  test("a lost key: shown, never a crash, and public repositories are read", async () => {
    const vault = credentialVault.get();
    credentialVault.set({ ...vault, sealer: passwordSealer(["another secret that is long enough here"]) });
    try {
      expect(await stateOf()).toMatchObject({ state: "unopened" });
      expect((await preflight(reviewer, "acme/public")).status).toBe(200);
      expect(await scan("private/tool")).toMatchObject({
        state: "failed",
        error: { message: expect.stringContaining("cannot open the stored credentials") },
      });
    } finally {
      credentialVault.set(vault);
    }
    expect(await scan("private/tool")).toMatchObject({ error: null });
  });

  test("no password is in the database, in a response or in the audit log", async () => {
    const password = "a-password-that-is-easy-to-find";
    await store({ ...GOOD(), password });
    await gantry.admin("POST", `${credentialsPath()}/test`, { namespace: "private" });
    await scan("private/tool");
    const { prisma } = database.get();
    const stored = [
      await prisma.registryCredential.findMany(),
      await prisma.registryCredentialStatus.findMany(),
      await prisma.auditEvent.findMany({ where: { action: { startsWith: "registryCredential." } } }),
      await prisma.outboxMessage.findMany(),
      await prisma.scan.findMany(),
      (await gantry.admin("GET", `${API}/registries`)).body,
      (await gantry.admin("GET", `${API}/audit?limit=50`)).body,
    ];
    const text = JSON.stringify(stored, (_key, value) => (typeof value === "bigint" ? String(value) : value));
    expect(text).toContain("registryCredential.test");
    expect(text).not.toContain(password);
    expect(text).not.toContain(Buffer.from(password).toString("base64").replace(/=+$/, ""));
  });

  test("without credentials, the repository is private again", async () => {
    expect((await gantry.admin("DELETE", `${credentialsPath()}?namespace=private`)).status).toBe(200);
    expect((await preflight(reviewer, "private/hidden")).body).toMatchObject({
      code: "registry_auth_required",
    });
    expect(await scan("private/tool")).toMatchObject({ error: { code: "registry_auth_required" } });
  });
});
