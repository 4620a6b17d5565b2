/** Heavy work runs before its transaction; what changed in between counts all the same. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NO_TAG_LIST_FACTS } from "@/lib/extension/reference/tag-list-facts";
import { putDesktopRelease } from "@/lib/marketplace/desktop-releases/desktop-releases";
import { changeEntry } from "@/lib/marketplace/entries/change-entry";
import { changePolicy, getPolicy } from "@/lib/marketplace/policy/policy";
import { bumpCatalogRevision } from "@/lib/marketplace/publishing/catalog-revision";
import { addEntry } from "@/lib/marketplace/submissions/add-entry";
import { recordSubmissionCheck } from "@/lib/marketplace/submissions/record-submission-check";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { release } from "@/tests/builders/desktop-releases";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { ENGINES, openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { watchedDatabase } from "@/tests/support/databases/watched-database";
import { decider, scanner } from "@/tests/support/deciders";

const MANY = 60;

describe.each(ENGINES)("outside of the transaction on %s", (engine) => {
  let database: TestDatabase;
  let admin: Awaited<ReturnType<typeof decider>>;
  let round = 0;

  beforeAll(async () => {
    database = await openTestDatabase(engine);
    await writeReleases(database.db);
    admin = await decider(database.db, "admin");
    await decider(database.db, "reviewer");
  });

  afterAll(() => database.close());

  beforeEach(() => {
    round += 1;
  });

  const repositoryAt = (index: number) => `docker.io/round-${round}/tool-${index}`;

  /** `1.0.0` runs everywhere, `2.0.0` needs an API that no release has yet. */
  function tool(index: number) {
    const repository = repositoryAt(index);
    const report = (version: string, apiVersion: string) =>
      versionRecord(version, { report: { repository, labels: { apiVersion } } });
    return extensionRecord(repository, {
      versions: [report("1.0.0", ">= 0.2.0"), report("2.0.0", `>= ${round}00.0.0`)],
    });
  }

  const tools = (from: number, count: number) => Array.from({ length: count }, (_, at) => tool(from + at));
  const newRelease = () => release(`${round}00.0.0`, `${round}00.0.0`, "verified");

  /** What the allow-list's history says last. */
  async function listedTag(index: number): Promise<unknown> {
    const event = await database.db.prisma.listingEvent.findFirst({
      where: { repository: repositoryAt(index).replace("docker.io/", "") },
      orderBy: { sequence: "desc" },
    });
    const item: unknown = event?.item ?? null;
    return typeof item === "object" && item !== null && "tag" in item ? item.tag : null;
  }

  /** Once. */
  function inBetween(change: () => Promise<unknown>): () => Promise<void> {
    let done = false;
    return async () => {
      if (done) return;
      done = true;
      await change();
    };
  }

  test("a new Desktop release changes the whole list, and its transaction reads no extension", async () => {
    await writeExtensions(database.db, ...tools(0, 3));
    const watched = watchedDatabase(database.db, async () => undefined);
    await putDesktopRelease({ ...admin, db: watched.db }, newRelease());
    expect(await Promise.all([0, 1, 2].map(listedTag))).toEqual(["2.0.0", "2.0.0", "2.0.0"]);
    expect(watched.rowsInside()).toBe(0);
  });

  test("an entry that is suspended in between stays off the list, and one that is added is on it", async () => {
    await writeExtensions(database.db, ...tools(0, 2));
    const reason = "It misbehaves.";
    const change = inBetween(async () => {
      await changeEntry(admin, { repository: repositoryAt(0), state: "suspended", reason });
      await writeExtensions(database.db, tool(2));
    });
    const watched = watchedDatabase(database.db, change);
    await putDesktopRelease({ ...admin, db: watched.db }, newRelease());
    expect(await Promise.all([0, 1, 2].map(listedTag))).toEqual([null, "2.0.0", "2.0.0"]);
    expect(watched.rowsInside()).toBe(2);
  });

  test("a policy that is changed in between counts for the release, and the other way round", async () => {
    await writeExtensions(database.db, tool(0));
    const { policy } = await getPolicy(admin);
    const change = inBetween(() => changePolicy(admin, { policy: { ...policy, updates: "manual" } }));
    let computed = 0;
    const watched = watchedDatabase(database.db, async () => {
      computed += 1;
      await change();
    });
    await putDesktopRelease({ ...admin, db: watched.db }, newRelease());
    expect(computed).toBe(2);
    expect(await listedTag(0)).toBe("2.0.0");
  });

  test("more changes in between than a transaction may read are computed before the next attempt", async () => {
    await writeExtensions(database.db, tool(0));
    const change = inBetween(() => writeExtensions(database.db, ...tools(1, MANY)));
    const watched = watchedDatabase(database.db, change);
    await putDesktopRelease({ ...admin, db: watched.db }, newRelease());
    expect(await listedTag(MANY)).toBe("2.0.0");
  });

  test("a catalog that never rests gets no half-applied rules", async () => {
    await writeExtensions(database.db, ...tools(0, MANY));
    const watched = watchedDatabase(database.db, async () => {
      await database.db.prisma.$transaction(async (tx) => {
        const revision = await bumpCatalogRevision(tx, "one");
        await tx.extension.updateMany({ data: { revision } });
      });
    });
    const before = await database.db.prisma.desktopRelease.count();
    const put = putDesktopRelease({ ...admin, db: watched.db }, newRelease());
    await expect(put).rejects.toMatchObject({ code: "conflict", retryable: true });
    expect(await database.db.prisma.desktopRelease.count()).toBe(before);
  });

  test.each([
    // The changed extension, and its vendor.
    ["is seen when the other is listed in between", true, "in_review", 2],
    // An approval reads its own extension for its listing.
    ["is not looked for inside when nothing changed", false, "approved", 1],
  ])("a similar vendor %s", async (_name, listed, state, rowsInside) => {
    const repository = `docker.io/eve-${round}/lens`;
    const report = inspectionReport(`eve ${round}`, { repository, labels: { vendor: `B0ltwerk ${round}` } });
    const { submission } = await addEntry(admin, {
      ...{ repository, reason: "Needed.", track: {}, expectedDigest: undefined },
    });
    const vendor = { report: { repository: repositoryAt(0), labels: { vendor: `Boltwerk ${round}` } } };
    const bolt = extensionRecord(repositoryAt(0), { versions: [versionRecord("1.0.0", vendor)] });
    const change = inBetween(async () => listed && (await writeExtensions(database.db, bolt)));
    const watched = watchedDatabase(database.db, change);
    await recordSubmissionCheck(scanner(watched.db), {
      submissionId: submission.id,
      outcome: {
        ...{ kind: "inspected", tag: "1.0.0", inspected: { report, media: [] } },
        ...{ skippedTags: [], tagList: NO_TAG_LIST_FACTS },
      },
    });
    const after = await database.db.prisma.submission.findUniqueOrThrow({ where: { id: submission.id } });
    expect(after.state).toBe(state);
    expect(watched.rowsInside()).toBe(rowsInside);
  });
});
