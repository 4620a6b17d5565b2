/** From a person's act on a version to what clients hear of it. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { updateItemSchema } from "@/lib/api/schemas/updates";
import { type Catalog, createCatalog } from "@/lib/catalog/catalog";
import { updatesJson } from "@/lib/catalog/queries/updates";
import { blocklistOf } from "@/lib/catalog/views/blocklist";
import { type Actor, SCOPES } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import type { VersionActInput } from "@/lib/marketplace/versions/version-command-input";
import { actOnVersion } from "@/lib/marketplace/versions/version-commands";
import { systemClock } from "@/lib/platform/clock";
import { createLog } from "@/lib/platform/log";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { testAudit } from "@/tests/support/audit";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

const folder = temporaryFolder("blocklist");
const OLD = versionRecord("1.0.0");
const NEW = versionRecord("1.1.0");
const PUSHED_AGAIN = inspectionReport("1.1.0, pushed again");

let database: TestDatabase;
let catalog: Catalog;
let reviewer: Context;

beforeAll(async () => {
  database = await openTestDatabase("pglite");
  const { db } = database;
  await writeReleases(db);
  const moved = { digest: PUSHED_AGAIN.digest, seenAt: "2026-11-19T00:00:00.000Z" };
  await writeExtensions(db, extensionRecord("docker.io/acme/lens", { versions: [OLD, { ...NEW, moved }] }));
  const { id: extensionId } = await db.prisma.extension.findFirstOrThrow();
  const envelope = { capabilities: PUSHED_AGAIN.capabilities, approved: [] };
  await db.prisma.entry.update({ where: { extensionId }, data: { envelope } });
  await db.prisma.inspection.create({
    data: {
      ...{ extensionId, digest: PUSHED_AGAIN.digest, state: "inspected" },
      report: JSON.parse(JSON.stringify(PUSHED_AGAIN)),
    },
  });
  catalog = createCatalog({
    db,
    clock: systemClock,
    log: createLog("error"),
    dataDir: folder.path,
    pollMs: 100,
  });
  await catalog.start();
  const actor: Actor = {
    ...{ kind: "token", userId: randomUUID(), tokenId: randomUUID() },
    ...{ name: "The reviewer", role: "reviewer", scopes: SCOPES },
  };
  const queue = {
    send: async () => undefined,
    waiting: async () => 0,
    work: async () => undefined,
    stop: async () => undefined,
  };
  reviewer = {
    db,
    queue,
    clock: systemClock,
    audit: testAudit(),
    acceptsRegistry: () => true,
    actor,
    requestId: undefined,
  };
});

afterAll(async () => {
  await catalog.stop();
  await database.close();
  folder.remove();
});

/** Acts, and waits as the API does until this process shows it. */
async function act(input: Omit<VersionActInput, "repository" | "tag"> & { tag?: string }): Promise<void> {
  await actOnVersion(reviewer, { repository: "acme/lens", tag: "1.1.0", ...input });
  const row = await database.db.prisma.catalogRevision.findUniqueOrThrow({ where: { id: 1 } });
  expect(await catalog.reached(row.revision)).toBe(true);
}

function ask(tag: string, digest?: string) {
  const installed = [{ repository: "acme/lens", tag, digest }];
  const text = updatesJson(catalog.current(), { desktop: "4.18.0", arch: "arm64" }, installed);
  return z.object({ items: z.tuple([updateItemSchema]) }).parse(JSON.parse(text)).items[0];
}

const listed = () =>
  blocklistOf(catalog.current()).map(({ tag, digest, level, reason }) => [
    tag,
    digest,
    level,
    reason?.message,
  ]);

test("a block with its level and public reason is in the very next answers, and a restore takes it back", async () => {
  expect(ask("1.0.0")).toMatchObject({ action: "update", target: { tag: "1.1.0" } });
  await act({ act: "block", level: "soft", reason: "It may leak." });
  expect(listed()).toEqual([["1.1.0", NEW.digest, "soft", "It may leak."]]);
  expect(ask("1.1.0")).toMatchObject({
    action: "blocked",
    target: { tag: "1.0.0" },
    reason: { code: "blocked_soft", message: "It may leak." },
  });
  expect(ask("1.0.0")).toMatchObject({ action: "none" });
  await act({ act: "block", level: "hard", reason: "It leaks." });
  expect(ask("1.1.0")).toMatchObject({ reason: { code: "blocked_hard", message: "It leaks." } });
  await act({ act: "restore", reason: "It was a different image." });
  expect(listed()).toEqual([]);
  expect(ask("1.1.0")).toMatchObject({ action: "none", reason: { code: "up_to_date" } });
});

test("a yank leads to the version below, with its public reason", async () => {
  await act({ act: "yank", reason: "It loses data." });
  const expected = { action: "yanked", target: { tag: "1.0.0" }, reason: { message: "It loses data." } };
  expect(ask("1.1.0")).toMatchObject(expected);
  await act({ act: "restore", reason: "It does not." });
});

test("a hold takes a version out of offers and says nothing of it", async () => {
  await act({ act: "hold", reason: "Needs a review." });
  expect(ask("1.0.0")).toMatchObject({ action: "none" });
  expect(ask("1.1.0")).toMatchObject({ action: "none", reason: { code: "newer_than_offer" } });
  await act({ act: "list", reason: "Reviewed.", expectedDigest: NEW.digest });
});

test("a blocked image stays blocked when another one takes its tag", async () => {
  await act({ act: "block", reason: "It leaks." });
  await act({ act: "list", reason: "Rebuilt.", expectedDigest: PUSHED_AGAIN.digest });
  expect(ask("1.1.0")).toMatchObject({ action: "none" });
  expect(ask("1.1.0", PUSHED_AGAIN.digest)).toMatchObject({ action: "none" });
  expect(ask("1.1.0", NEW.digest)).toMatchObject({
    action: "blocked",
    target: { digest: PUSHED_AGAIN.digest },
  });
  expect(listed()).toEqual([["1.1.0", NEW.digest, "hard", "It leaks."]]);
});
