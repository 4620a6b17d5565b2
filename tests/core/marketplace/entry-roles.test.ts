/** No one lifts what a higher role stopped, and an entry that has ended can still be revoked. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/journal/context";
import { type ChangeEntryInput, changeEntry } from "@/lib/marketplace/entries/change-entry";
import { getEntry } from "@/lib/marketplace/entries/get-entry";
import { decide } from "@/lib/marketplace/submissions/decide";
import { extensionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { decider, inReview } from "@/tests/support/deciders";

describe("the role behind an entry's state", () => {
  let database: TestDatabase;
  let admin: Context;
  let reviewer: Context;
  let repository: string;
  let names = 0;

  beforeAll(async () => {
    database = await openTestDatabase("pglite");
    await writeReleases(database.db);
    admin = await decider(database.db, "admin");
    reviewer = await decider(database.db, "reviewer");
  });

  afterAll(() => database.close());

  beforeEach(async () => {
    names += 1;
    repository = `docker.io/acme/stopped-${names}`;
    await writeExtensions(database.db, extensionRecord(repository));
    const { id: extensionId } = await database.db.prisma.extension.findUniqueOrThrow({
      where: { repository },
    });
    const { capabilities } = inspectionReport("any");
    const envelope = JSON.parse(JSON.stringify({ capabilities, approved: [] }));
    await database.db.prisma.entry.update({ where: { extensionId }, data: { envelope } });
  });

  const change = (ctx: Context, input: Omit<ChangeEntryInput, "repository" | "reason">) =>
    changeEntry(ctx, { repository, reason: "Because.", ...input });
  const higher = { code: "higher_role_decision", status: 403, details: { decidedBy: "admin" } };

  async function approve(ctx: Context) {
    const { userId: submitterId } = await decider(database.db, "publisher");
    const report = inspectionReport(`again ${names}`);
    const { id } = await inReview(database.db, { repository, tag: "1.1.0", report, submitterId });
    return decide(ctx, { id, decision: "approve", expectedDigest: report.digest });
  }

  test("a reviewer does not resume what an admin suspended, also not by revoking it first", async () => {
    expect(await change(admin, { state: "suspended" })).toMatchObject({ decidedBy: "admin" });
    await expect(change(reviewer, { state: "active" })).rejects.toMatchObject(higher);
    expect(await change(reviewer, { state: "revoked" })).toMatchObject({ decidedBy: "admin" });
    await expect(approve(reviewer)).rejects.toMatchObject(higher);
    expect((await getEntry(reviewer, { repository })).decidedBy).toBe("admin");
  });

  test("an admin brings back what anybody stopped, and nothing stays behind", async () => {
    await change(admin, { state: "revoked" });
    await approve(admin);
    expect(await getEntry(admin, { repository })).toMatchObject({ state: "active", decidedBy: null });
    await change(reviewer, { state: "suspended" });
    expect(await change(admin, { state: "active" })).toMatchObject({ decidedBy: null });
  });

  test("reviewers undo one another's suspensions and revocations", async () => {
    expect(await change(reviewer, { state: "suspended" })).toMatchObject({ decidedBy: "reviewer" });
    expect(await change(reviewer, { state: "active" })).toMatchObject({ decidedBy: null });
    await change(reviewer, { state: "revoked" });
    await approve(reviewer);
    expect(await getEntry(reviewer, { repository })).toMatchObject({ state: "active", decidedBy: null });
  });

  test("an expired entry can be revoked, and then not renewed", async () => {
    const { id: extensionId } = await database.db.prisma.extension.findUniqueOrThrow({
      where: { repository },
    });
    await database.db.prisma.entry.update({ where: { extensionId }, data: { state: "expired" } });
    expect(await change(admin, { state: "revoked" })).toMatchObject({ state: "revoked", decidedBy: "admin" });
    await expect(change(reviewer, { expiresAt: null })).rejects.toMatchObject({ code: "illegal_state" });
  });
});
