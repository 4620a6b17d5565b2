/** A CSV file is imported as a whole or not at all, by those who can change the table. */

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { isOutdated } from "@/lib/extension/desktop/release-age";
import type { Context } from "@/lib/journal/context";
import { readDesktopReleases } from "@/lib/marketplace/desktop-releases/desktop-releases";
import {
  CSV_CHARACTERS_MAX,
  importDesktopReleases,
  lineProblems,
} from "@/lib/marketplace/desktop-releases/import-desktop-releases";
import { seedDesktopReleases } from "@/lib/marketplace/desktop-releases/seed-desktop-releases";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { decider } from "@/tests/support/deciders";

const HEADER = "version,released_on,api_version,compose_version,confidence,source";
const FILE = `${HEADER}
4.99.0,2026-11-23,0.5.0,5.9.0,verified,"docker extension version, on a desk"
4.91.0,2026-09-14,0.4.3,5.5.1,verified,Corrected
`;

let database: TestDatabase;
let admin: Context;

beforeAll(async () => {
  database = await openTestDatabase("pglite");
  admin = await decider(database.db, "admin");
});
afterAll(() => database.close());

beforeEach(async () => {
  await database.db.prisma.desktopRelease.deleteMany();
  await database.db.prisma.setting.deleteMany();
  await seedDesktopReleases(database.db);
});

const row = async (version: string) =>
  (await readDesktopReleases(admin)).releases.find((release) => release.version === version);
const audits = async () => database.db.prisma.auditEvent.count();

test("adds and replaces, in one step with one audit row", async () => {
  const before = await audits();
  const count = (await readDesktopReleases(admin)).releases.length;
  const result = await importDesktopReleases(admin, { csv: FILE, dryRun: false });
  expect(result).toMatchObject({
    dryRun: false,
    added: [{ version: "4.99.0", source: "docker extension version, on a desk" }],
    changed: [{ before: { apiVersion: "0.4.2" }, after: { version: "4.91.0", apiVersion: "0.4.3" } }],
    unchanged: 0,
  });
  expect(await row("4.99.0")).toMatchObject({ composeVersion: "5.9.0", releasedOn: "2026-11-23" });
  // An edited row shows what Gantry ships.
  expect(await row("4.91.0")).toMatchObject({ apiVersion: "0.4.3", shipped: { apiVersion: "0.4.2" } });
  expect((await readDesktopReleases(admin)).releases).toHaveLength(count + 1);
  const [last] = await database.db.prisma.auditEvent.findMany({ orderBy: { sequence: "desc" }, take: 1 });
  expect(last).toMatchObject({ action: "desktopRelease.import", subjectId: "2 releases" });
  expect(last?.after).toMatchObject({ added: [{ version: "4.99.0" }], changed: [{ version: "4.91.0" }] });
  expect(await audits()).toBe(before + 1);
  expect(await importDesktopReleases(admin, { csv: FILE, dryRun: false })).toMatchObject({ unchanged: 2 });
});

test("a dry run reports the same and stores nothing", async () => {
  const before = await audits();
  const preview = await importDesktopReleases(admin, { csv: FILE, dryRun: true });
  expect(preview).toMatchObject({ dryRun: true, unchanged: 0 });
  expect([await row("4.99.0"), await audits()]).toEqual([undefined, before]);
  const { dryRun: _, ...done } = await importDesktopReleases(admin, { csv: FILE, dryRun: false });
  expect(preview).toMatchObject(done);
});

test("columns that the file lacks keep what is known", async () => {
  const csv =
    "source,version,confidence,api_version\nNotes,4.50.0,verified,0.4.2\nNotes,4.99.0,verified,0.4.2";
  await importDesktopReleases(admin, { csv, dryRun: false });
  expect(await row("4.50.0")).toMatchObject({
    composeVersion: "2.40.3",
    releasedOn: "2025-11-06",
    source: "Notes",
  });
  expect(await row("4.99.0")).toMatchObject({ composeVersion: null, releasedOn: null });
});

test("one wrong line refuses the whole file, with every line that is wrong", async () => {
  const csv = `${FILE}4.100,2026-11-30,0.5.0,,verified,Notes\n4.101.0,,,,perhaps,Notes\n`;
  const before = await audits();
  const error = await importDesktopReleases(admin, { csv, dryRun: false }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "invalid_input", message: expect.stringContaining("2 problems") });
  expect(lineProblems(error)).toEqual([
    { line: 4, message: expect.stringContaining("“4.100” is not a version") },
    { line: 5, message: expect.stringContaining("“perhaps” is not one of") },
  ]);
  expect([await row("4.99.0"), await audits()]).toEqual([undefined, before]);
});

test("the age of the newest release is that on the caller's clock", async () => {
  const at = (day: string) => readDesktopReleases({ ...admin, clock: { now: () => new Date(day) } });
  const { newest } = await at("2027-01-20T00:00:00Z");
  expect(newest).toEqual({ version: "4.92.0", releasedOn: "2026-09-21", ageDays: 121 });
  expect(newest && isOutdated(newest)).toBe(true);
  const { newest: earlier } = await at("2027-01-19T00:00:00Z");
  expect(earlier && isOutdated(earlier)).toBe(false);
});

test("a file that is too long is refused before it is read", async () => {
  const csv = HEADER.padEnd(CSV_CHARACTERS_MAX + 1, "x");
  await expect(importDesktopReleases(admin, { csv, dryRun: true })).rejects.toMatchObject({
    code: "invalid_input",
    message: `The file has ${CSV_CHARACTERS_MAX + 1} characters.`,
  });
});

test.each(["reviewer", "publisher"] as const)("a %s imports nothing, not even a preview", async (role) => {
  const ctx = await decider(database.db, role);
  for (const dryRun of [true, false])
    await expect(importDesktopReleases(ctx, { csv: "nonsense", dryRun })).rejects.toMatchObject({
      code: "forbidden",
    });
});
