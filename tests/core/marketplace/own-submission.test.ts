/** People cannot list what they submitted while someone else can decide, in any way. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ROUTES } from "@/lib/api/table";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import type { Context } from "@/lib/journal/context";
import { changeEntry } from "@/lib/marketplace/entries/change-entry";
import { POLICY_KEY } from "@/lib/marketplace/rows/stored-policy";
import { addEntry } from "@/lib/marketplace/submissions/add-entry";
import { decide } from "@/lib/marketplace/submissions/decide";
import { actOnVersion } from "@/lib/marketplace/versions/version-commands";
import { capabilities } from "@/tests/builders/capabilities";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { decider, found, inReview } from "@/tests/support/deciders";

type Person = Context & { userId: string };

/** A repository in force whose approved submission is that of `submitter`. */
type Scene = { database: TestDatabase; repository: string; submitter: Person; colleague: Person };
type Case = {
  what: string;
  prepare?: (scene: Scene) => Promise<unknown>;
  act: (ctx: Context, scene: Scene) => Promise<unknown>;
};

const REASON = { reason: "Because." };
const PUSHED_AGAIN = inspectionReport("pushed again");

/** Each write operation that needs an account: the ways in which it lists something; none for the others. */
const WAYS: Record<string, Case[]> = {
  decideSubmission: [
    {
      what: "approving",
      prepare: async (scene) => {
        await changeEntry(scene.colleague, { ...named(scene), ...REASON, state: "revoked" });
        await review(scene);
      },
      act: async (ctx, scene) => {
        const { id } = await scene.database.db.prisma.submission.findFirstOrThrow({
          where: { state: "in_review", extension: named(scene) },
        });
        return decide(ctx, { id, decision: "approve", expectedDigest: PUSHED_AGAIN.digest });
      },
    },
  ],
  addEntry: [
    {
      what: "adding directly after a revocation",
      prepare: (scene) => changeEntry(scene.colleague, { ...named(scene), ...REASON, state: "revoked" }),
      act: (ctx, scene) => addEntry(ctx, { ...named(scene), ...REASON, track: {} }),
    },
    {
      what: "adding directly what was submitted and withdrawn",
      prepare: async (scene) => {
        await changeEntry(scene.colleague, { ...named(scene), ...REASON, state: "revoked" });
        const where = { extension: named(scene) };
        await scene.database.db.prisma.submission.updateMany({ where, data: { state: "withdrawn" } });
      },
      act: (ctx, scene) => addEntry(ctx, { ...named(scene), ...REASON, track: {} }),
    },
  ],
  changeEntry: [
    {
      what: "resuming",
      prepare: (scene) => changeEntry(scene.colleague, { ...named(scene), ...REASON, state: "suspended" }),
      act: (ctx, scene) => changeEntry(ctx, { ...named(scene), ...REASON, state: "active" }),
    },
    {
      what: "renewing",
      prepare: (scene) => setEntry(scene, { state: "expired", expiresAt: new Date("2026-01-01T00:00:00Z") }),
      act: (ctx, scene) => changeEntry(ctx, { ...named(scene), ...REASON, expiresAt: null }),
    },
    {
      what: "ending later",
      prepare: (scene) => setEntry(scene, { expiresAt: new Date("2100-01-01T00:00:00Z") }),
      act: (ctx, scene) =>
        changeEntry(ctx, { ...named(scene), ...REASON, expiresAt: new Date("2101-01-01T00:00:00Z") }),
    },
    {
      what: "admitting more versions",
      prepare: (scene) => setEntry(scene, { track: "range", range: "^1" }),
      act: (ctx, scene) => changeEntry(ctx, { ...named(scene), ...REASON, track: { track: "follow" } }),
    },
    {
      what: "pinning another version",
      prepare: (scene) => setEntry(scene, { track: "pin", pinTag: "0.1.0", pinDigest: "sha256:00" }),
      act: async (ctx, scene) => {
        const { tag, digest } = await version(scene, "1.0.0");
        return changeEntry(ctx, { ...named(scene), ...REASON, track: { pin: { tag, digest } } });
      },
    },
  ],
  listVersion: [
    {
      what: "listing a held version",
      prepare: (scene) => actOnVersion(scene.colleague, { ...at(scene), ...REASON, act: "hold" }),
      act: (ctx, scene) => actOnVersion(ctx, { ...at(scene), ...REASON, act: "list" }),
    },
    {
      what: "widening the approval",
      prepare: (scene) => actOnVersion(scene.colleague, { ...at(scene), ...REASON, act: "hold" }),
      act: (ctx, scene) => actOnVersion(ctx, { ...at(scene), ...REASON, act: "list", widenEnvelope: true }),
    },
    {
      what: "accepting a tag that moved",
      prepare: (scene) => found(scene.database.db, scene.repository, "1.0.0", PUSHED_AGAIN),
      act: (ctx, scene) =>
        actOnVersion(ctx, { ...at(scene), ...REASON, act: "list", expectedDigest: PUSHED_AGAIN.digest }),
    },
  ],
  restoreVersion: [
    {
      what: "taking back a yank",
      prepare: (scene) => actOnVersion(scene.colleague, { ...at(scene), ...REASON, act: "yank" }),
      act: (ctx, scene) => actOnVersion(ctx, { ...at(scene), ...REASON, act: "restore" }),
    },
    {
      what: "lifting a block",
      prepare: (scene) => actOnVersion(scene.colleague, { ...at(scene), ...REASON, act: "block" }),
      act: (ctx, scene) => actOnVersion(ctx, { ...at(scene), ...REASON, act: "restore" }),
    },
    {
      what: "lifting a block from another repository",
      prepare: async (scene) => {
        await actOnVersion(scene.colleague, { ...at(scene), ...REASON, act: "block" });
        await copyElsewhere(scene);
      },
      act: (ctx, scene) =>
        actOnVersion(ctx, {
          ...REASON,
          repository: `${scene.repository}-copy`,
          tag: "9.0.0",
          act: "restore",
        }),
    },
  ],
  submit: [],
  withdrawSubmission: [],
  checkSubmission: [],
  replyToSubmission: [],
  holdVersion: [],
  yankVersion: [],
  blockVersion: [],
  changeExtension: [],
  scanExtension: [],
  retryDeadLetter: [],
  putDesktopRelease: [],
  removeDesktopRelease: [],
  importDesktopReleases: [],
  putRegistryCredentials: [],
  removeRegistryCredentials: [],
  testRegistryCredentials: [],
  createUser: [],
  changeUser: [],
  inviteUser: [],
  createToken: [],
  revokeToken: [],
  changePolicy: [],
};

const named = ({ repository }: Scene) => ({ repository });
const at = ({ repository }: Scene) => ({ repository, tag: "1.0.0" });

async function version({ database, repository }: Scene, tag: string) {
  return database.db.prisma.version.findFirstOrThrow({
    where: { tag, current: true, extension: { repository } },
  });
}

async function setEntry({ database, repository }: Scene, data: object) {
  const { id: extensionId } = await database.db.prisma.extension.findUniqueOrThrow({ where: { repository } });
  await database.db.prisma.entry.update({ where: { extensionId }, data });
}

function review({ database, repository, submitter }: Scene) {
  const image = { tag: "1.1.0", report: PUSHED_AGAIN };
  return inReview(database.db, { repository, ...image, submitterId: submitter.userId });
}

async function copyElsewhere(scene: Scene) {
  const { digest } = await version(scene, "1.0.0");
  const original = await scene.database.db.prisma.inspection.findFirstOrThrow({ where: { digest } });
  const { db } = scene.database;
  const repository = `${scene.repository}-copy`;
  await writeExtensions(db, extensionRecord(repository));
  await found(db, repository, "9.0.0", original.report as never);
}

test("every write operation is in the table", () => {
  const writes = ROUTES.filter(({ access, method }) => access === "actor" && method !== "GET");
  expect(Object.keys(WAYS).sort()).toEqual(writes.map(({ operationId }) => operationId).sort());
});

const CASES = Object.values(WAYS).flat();

describe("one's own", () => {
  let database: TestDatabase;
  let submitter: Person;
  let colleague: Person;
  let scene: Scene;

  beforeAll(async () => {
    database = await openTestDatabase("pglite");
    await writeReleases(database.db);
    submitter = await decider(database.db, "admin");
    colleague = await decider(database.db, "admin");
  });

  afterAll(() => database.close());

  beforeEach(async () => {
    await present(colleague, true);
    const repository = `docker.io/acme/own-${randomUUID()}`;
    scene = { database, repository, submitter, colleague };
    await writeExtensions(
      database.db,
      extensionRecord(repository, { versions: [versionRecord("1.0.0", { report: { repository } })] }),
    );
    const { id: extensionId } = await database.db.prisma.extension.findUniqueOrThrow({
      where: { repository },
    });
    const envelope = JSON.parse(JSON.stringify({ capabilities: capabilities(), approved: [] }));
    await setEntry(scene, { envelope });
    await database.db.prisma.submission.create({
      data: { extensionId, submitterId: submitter.userId, state: "approved" },
    });
  });

  /** Whether this person counts as someone who can decide. */
  async function present({ userId }: Person, here: boolean) {
    await database.db.prisma.user.update({
      where: { id: userId },
      data: { passwordHash: here ? "none" : null },
    });
  }

  async function lastAudit() {
    return database.db.prisma.auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  }

  test.each(CASES)(
    "$what is refused while someone else can decide, and changes nothing",
    async ({ prepare, act }) => {
      await prepare?.(scene);
      const before = await lastAudit();
      await expect(act(submitter, scene)).rejects.toMatchObject({ code: "own_submission", status: 403 });
      expect((await lastAudit()).sequence).toBe(before.sequence);
    },
  );

  test.each(CASES)("$what is for someone else", async ({ prepare, act }) => {
    await prepare?.(scene);
    await act(colleague, scene);
    expect((await lastAudit()).after).not.toHaveProperty("ownSubmission", true);
  });

  test.each(CASES)(
    "$what is possible alone, and the audit says that it was one's own",
    async ({ prepare, act }) => {
      await prepare?.(scene);
      await present(colleague, false);
      await act(submitter, scene);
      expect((await lastAudit()).after).toHaveProperty("ownSubmission", true);
    },
  );

  test("a policy can allow it, and what admits less was never refused", async () => {
    await changeEntry(submitter, { ...named(scene), ...REASON, track: { track: "range", range: "^1" } });
    await changeEntry(submitter, { ...named(scene), ...REASON, state: "suspended" });
    const always = { ...DEFAULT_POLICY, ownDecisions: "always" };
    await database.db.prisma.setting.create({ data: { key: POLICY_KEY, value: always } });
    await changeEntry(submitter, { ...named(scene), ...REASON, state: "active" });
    expect((await lastAudit()).after).toHaveProperty("ownSubmission", true);
    await database.db.prisma.setting.delete({ where: { key: POLICY_KEY } });
  });
});
