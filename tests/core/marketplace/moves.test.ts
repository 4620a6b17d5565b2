/** Extensions that move, and what the catalog's records say of versions that lost their tag or were never shown. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSnapshot } from "@/lib/catalog/snapshot/snapshot";
import { type Actor, SCOPES } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { changeExtension } from "@/lib/marketplace/entries/change-extension";
import { readPublicRecords } from "@/lib/marketplace/public-records";
import { systemClock } from "@/lib/platform/clock";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions } from "@/tests/builders/catalog-rows";
import { digestOf } from "@/tests/builders/inspection-report";
import { testAudit } from "@/tests/support/audit";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";

describe("moves", () => {
  let database: TestDatabase;
  let reviewer: Context;

  beforeAll(async () => {
    database = await openTestDatabase("pglite");
    reviewer = contextOf(database, "reviewer");
    const names = ["a", "b", "c", "d", "e"].map((name) => extensionRecord(`docker.io/acme/${name}`));
    const suspended = extensionRecord("docker.io/acme/suspended", { entry: { state: "suspended" } });
    await writeExtensions(database.db, ...names, suspended);
  });

  afterAll(() => database?.close());

  const move = (from: string, movedTo: string | null, ctx = reviewer) =>
    changeExtension(ctx, { repository: `acme/${from}`, movedTo, reason: "The publisher asked for it." });

  test("a move is public, has a decision and an audit row, and can be taken back", async () => {
    expect(await move("a", "https://hub.docker.com/r/acme/b")).toEqual({
      repository: "acme/a",
      deprecated: null,
      movedTo: "acme/b",
    });
    expect(await movesIn(database)).toEqual({ "docker.io/acme/a": "docker.io/acme/b" });
    const audit = await database.db.prisma.auditEvent.findFirst({ orderBy: { sequence: "desc" } });
    expect(audit).toMatchObject({
      action: "extension.move",
      subjectId: "acme/a",
      before: { movedTo: null },
      after: { movedTo: "acme/b" },
      reason: "The publisher asked for it.",
    });
    expect(await database.db.prisma.decision.findFirst({ where: { kind: "extension.move" } })).not.toBeNull();
    expect(await move("a", null)).toMatchObject({ movedTo: null });
    expect(await movesIn(database)).toEqual({});
  });

  test.each([
    ["itself", "acme/a", "illegal_state"],
    ["an extension that is not in force", "acme/suspended", "illegal_state"],
    ["one that nobody knows", "acme/nobody", "illegal_state"],
    ["what is no repository", "no repository", "repository_invalid"],
  ])("no move to %s", async (_what, target, code) => {
    await expect(move("a", target)).rejects.toMatchObject({ code });
    expect(await movesIn(database)).toEqual({});
  });

  test("no circle and no more than three hops, also seen from further up", async () => {
    await move("b", "acme/c");
    await expect(move("c", "acme/b")).rejects.toMatchObject({
      code: "illegal_state",
      details: { why: "loop" },
    });
    await move("c", "acme/d");
    await move("a", "acme/b");
    await expect(move("d", "acme/e")).rejects.toMatchObject({
      code: "illegal_state",
      details: { repository: "acme/a", why: "too_far" },
    });
    expect(Object.keys(await movesIn(database))).toHaveLength(3);
    for (const name of ["a", "b", "c"]) await move(name, null);
  });

  test("a publisher moves nothing, and nothing to change is refused", async () => {
    const publisher = contextOf(database, "publisher");
    await expect(move("a", "acme/b", publisher)).rejects.toMatchObject({ code: "forbidden" });
    await expect(changeExtension(reviewer, { repository: "acme/a" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  test("records keep withdrawn digests with their platforms, and hidden tags without anything about them", async () => {
    const withdrawn = {
      ...{ tag: "1.0.0", digest: digestOf("before"), visibility: "blocked" as const },
      ...{ reason: { code: "block_by_person", message: "It leaks." }, blockLevel: "soft" as const },
      platformDigests: [],
    };
    const made = extensionRecord("docker.io/acme/history", {
      withdrawn: [withdrawn],
      hiddenTags: ["2.0.0-held"],
    });
    await writeExtensions(database.db, made);
    const { changed } = await readPublicRecords(database.db, undefined);
    const found = changed.find(({ repository }) => repository === made.repository);
    expect(found?.withdrawn).toMatchObject([
      { ...withdrawn, platformDigests: [expect.any(String), expect.any(String)] },
    ]);
    expect(found?.hiddenTags).toEqual(["2.0.0-held"]);
    expect(found?.versions.map(({ tag }) => tag)).toEqual(["1.0.0"]);
  });

  test("versions are in the order of semver, whatever the database's collation makes of their tags", async () => {
    const newestFirst = [
      ...["10.0.0", "v9.0.0", "2.0.0", "2.0.0-rc.11", "2.0.0-rc.2", "2.0.0-beta", "2.0.0-a-b"],
      ...["2.0.0-a", "2.0.0-Beta", "2.0.0-0", "1.10.0", "1.9.0", "v1.0.0-Z", "1.0.0-A", "1.0.0--", "0.0.1"],
    ];
    const shuffled = newestFirst.toSorted((a, b) => a.localeCompare(b));
    const made = extensionRecord("docker.io/acme/order", {
      versions: shuffled.map((tag) => versionRecord(tag)),
    });
    await writeExtensions(database.db, made);
    const { changed } = await readPublicRecords(database.db, undefined);
    const found = changed.filter(({ repository }) => repository === made.repository);
    const view = buildSnapshot(catalogRecords(found), new Date()).find("acme/order");
    expect(view?.document.value().versions.map(({ tag }) => tag)).toEqual(newestFirst);
  });
});

async function movesIn({ db }: TestDatabase): Promise<Record<string, string | null>> {
  const { changed } = await readPublicRecords(db, undefined);
  const moved = changed.filter(({ movedTo }) => movedTo !== null);
  return Object.fromEntries(moved.map(({ repository, movedTo }) => [repository, movedTo]));
}

function contextOf({ db }: TestDatabase, role: "reviewer" | "publisher"): Context {
  const ids = { userId: randomUUID(), tokenId: randomUUID() };
  const actor: Actor = { kind: "token", ...ids, name: `The ${role}`, role, scopes: SCOPES };
  const queue = {
    send: async () => undefined,
    waiting: async () => 0,
    work: async () => undefined,
    stop: async () => undefined,
  };
  return {
    db,
    queue,
    clock: systemClock,
    audit: testAudit(),
    acceptsRegistry: () => true,
    actor,
    requestId: undefined,
  };
}
