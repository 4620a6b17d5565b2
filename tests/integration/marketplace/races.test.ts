/** What happens to entries, blocks and submissions at the same time: the rules themselves are in tests/core/marketplace. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/journal/context";
import { changeExtension } from "@/lib/marketplace/entries/change-extension";
import { decide } from "@/lib/marketplace/submissions/decide";
import { submit } from "@/lib/marketplace/submissions/submit";
import { actOnVersion } from "@/lib/marketplace/versions/version-acts";
import { extensionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { ENGINES, openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { decider, found, inReview, manySubmissions } from "@/tests/support/deciders";

const REASON = "Because.";

describe.each(ENGINES)("at the same time on %s", (engine) => {
  let database: TestDatabase;
  let admin: Context;
  let reviewer: Context;
  let publisher: Context & { userId: string };

  beforeAll(async () => {
    database = await openTestDatabase(engine);
    await writeReleases(database.db);
    admin = await decider(database.db, "admin");
    reviewer = await decider(database.db, "reviewer");
    publisher = await decider(database.db, "publisher");
  });
  afterAll(() => database?.close());

  /** Two repositories in force; their canonical names. */
  async function two(): Promise<[string, string]> {
    const names: [string, string] = [`docker.io/acme/${randomUUID()}`, `docker.io/acme/${randomUUID()}`];
    await writeExtensions(database.db, ...names.map((name) => extensionRecord(name)));
    const envelope = { capabilities: {}, approved: [] };
    await database.db.prisma.entry.updateMany({ data: { envelope } });
    return names;
  }

  test("a block, a push and an approval never leave a listed copy", async () => {
    const [mine, theirs] = await two();
    for (let round = 0; round < 8; round += 1) {
      const image = inspectionReport(`raced ${mine} ${round}`);
      const tag = `3.${round}.0`;
      await found(database.db, mine, tag, image);
      const repository = `docker.io/acme/${randomUUID()}`;
      const submission = { repository, tag: "3.0.0", report: image, submitterId: publisher.userId };
      const { id, digest } = await inReview(database.db, submission);
      await Promise.allSettled([
        actOnVersion(admin, { repository: mine, tag, act: "block", reason: REASON }),
        found(database.db, theirs, tag, image),
        decide(reviewer, { id, decision: "approve", expectedDigest: digest }),
      ]);
      const copies = await database.db.prisma.version.findMany({ where: { digest } });
      expect(copies.length).toBeGreaterThanOrEqual(2);
      expect(copies.map(({ visibility }) => visibility)).toEqual(copies.map(() => "blocked"));
    }
  });

  test("of two moves that would close a circle only one is made", async () => {
    const [one, other] = await two();
    const move = (repository: string, movedTo: string) =>
      changeExtension(reviewer, { repository, movedTo, reason: REASON });
    const outcomes = await Promise.allSettled([move(one, other), move(other, one)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const moved = { repository: { in: [one, other] }, movedTo: { not: null } };
    expect(await database.db.prisma.extension.count({ where: moved })).toBe(1);
  });

  test("of many submissions only as many are opened as a publisher may have", async () => {
    const ada = await decider(database.db, "publisher");
    await manySubmissions(database.db, { submitterId: ada.userId, state: "in_review", count: 48 });
    const open = () => submit(ada, { repository: `acme/${randomUUID()}` });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, open));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  });
});
