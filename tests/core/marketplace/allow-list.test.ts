/** What people do to entries and versions, and what the allow-list says then. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/journal/context";
import { changeEntry } from "@/lib/marketplace/entries/change-entry";
import { expireEntries } from "@/lib/marketplace/entries/expire-entries";
import { allowListAt } from "@/lib/marketplace/history/allow-list-at";
import { recordListings } from "@/lib/marketplace/publishing/listing-history";
import { actOnVersion } from "@/lib/marketplace/versions/version-commands";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { decider, scanner } from "@/tests/support/deciders";

let database: TestDatabase;
let admin: Context;
let reviewer: Context;
/** In force, with 1.0.0 and 2.0.0 listed. */
let repository: string;

beforeAll(async () => {
  database = await openTestDatabase("pglite");
  await writeReleases(database.db);
  admin = await decider(database.db, "admin");
  reviewer = await decider(database.db, "reviewer");
});
afterAll(() => database?.close());

beforeEach(async () => {
  repository = `docker.io/acme/${randomUUID()}`;
  const versions = ["1.0.0", "2.0.0"].map((tag) => versionRecord(tag, { report: { repository } }));
  await writeExtensions(database.db, extensionRecord(repository, { versions }));
  await database.db.prisma.entry.updateMany({
    where: { extension: { repository } },
    data: { envelope: { capabilities: {}, approved: [] } },
  });
  const { id } = await database.db.prisma.extension.findUniqueOrThrow({ where: { repository } });
  await database.db.prisma.$transaction((tx) => recordListings(tx, admin, [id], "add"));
});

async function itemAt(at: string) {
  const { items } = await allowListAt(database.db, at, { key: "tests" });
  return items.find((item) => `docker.io/${item.repository}` === repository);
}

const now = () => new Date().toISOString();
const digestOf = async (tag: string) =>
  (await database.db.prisma.version.findFirstOrThrow({ where: { tag, extension: { repository } } })).digest;
const entry = () => database.db.prisma.entry.findFirstOrThrow({ where: { extension: { repository } } });

describe("the allow-list", () => {
  test("drops a suspended extension at once, takes it back, and never changes its past", async () => {
    const before = now();
    const change = (state: "active" | "suspended" | "revoked") =>
      changeEntry(admin, { repository, state, reason: "Because." });
    await change("suspended");
    expect(await itemAt(now())).toBeUndefined();
    expect(await itemAt(before)).toMatchObject({ tag: "2.0.0" });
    await change("active");
    expect(await itemAt(now())).toMatchObject({ tag: "2.0.0" });
    await change("revoked");
    expect(await itemAt(now())).toBeUndefined();
    await expect(change("active")).rejects.toMatchObject({ code: "illegal_state" });
  });

  test("follows a range or a pin, whatever else is listed", async () => {
    const digest = await digestOf("1.0.0");
    expect(await itemAt(now())).toMatchObject({ tag: "2.0.0" });
    const range = { track: "range", range: "^1" } as const;
    await changeEntry(admin, { repository, track: range, reason: "Stay on 1." });
    expect(await itemAt(now())).toMatchObject({ tag: "1.0.0", ...range });
    await changeEntry(admin, { repository, track: { pin: { tag: "1.0.0", digest } }, reason: "Just this." });
    expect(await itemAt(now())).toMatchObject({ tag: "1.0.0", track: "pin", digest });
    const wrong = { track: "pin", pin: { tag: "1.0.0", digest: `sha256:${"2".repeat(64)}` } } as const;
    const typed = changeEntry(admin, { repository, track: wrong, reason: "Typing error." });
    await expect(typed).rejects.toMatchObject({ code: "not_found" });
  });

  test("leaves a yanked version out; no one lifts what a higher role blocked", async () => {
    const act = (ctx: Context, name: "yank" | "block" | "restore") =>
      actOnVersion(ctx, { repository, tag: "2.0.0", act: name, reason: "Because." });
    await act(reviewer, "yank");
    expect(await itemAt(now())).toMatchObject({ tag: "1.0.0", digest: await digestOf("1.0.0") });
    await act(admin, "block");
    await expect(act(reviewer, "restore")).rejects.toMatchObject({ code: "higher_role_decision" });
    // Lifting the block brings the yank back, which is a decision of its own.
    expect(await act(admin, "restore")).toMatchObject({ visibility: "yanked" });
    expect(await act(admin, "restore")).toMatchObject({ visibility: "listed" });
  });

  test("drops an entry that expires, and takes it back when it is renewed", async () => {
    const inAnHour = () => new Date(Date.now() + 3_600_000);
    await changeEntry(admin, { repository, expiresAt: inAnHour(), reason: "For an hour." });
    expect(await entry()).toMatchObject({ state: "active" });
    const later = { now: () => new Date(Date.now() + 3_700_000) };
    await expireEntries({ ...scanner(database.db), clock: later });
    expect(await entry()).toMatchObject({ state: "expired" });
    expect(await itemAt(now())).toBeUndefined();
    const renewed = await changeEntry(admin, { repository, expiresAt: inAnHour(), reason: "One more." });
    expect(renewed).toMatchObject({ state: "active" });
  });
});
