/** An upgrade brings newer Desktop releases, and keeps what an admin changed. */

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { Context } from "@/lib/journal/context";
import {
  putDesktopRelease,
  readDesktopReleases,
  removeDesktopRelease,
} from "@/lib/marketplace/desktop-releases/desktop-releases";
import { seedDesktopReleases } from "@/lib/marketplace/desktop-releases/seed-desktop-releases";
import { SHIPPED_REVISION, shippedReleases } from "@/lib/marketplace/desktop-releases/shipped-releases";
import { updateShippedReleases } from "@/lib/marketplace/desktop-releases/update-shipped-releases";
import { readRevision } from "@/lib/marketplace/publishing/catalog-revision";
import { readShippedTable } from "@/lib/marketplace/rows/shipped-table";
import { migrationsFolder } from "@/lib/platform/db/migrate";
import { ENGINES, openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { decider, scanner } from "@/tests/support/deciders";

/** The migration that records the table of the version before. */
async function formerMigration(): Promise<string> {
  const folder = migrationsFolder();
  const name = (await readdir(folder)).find((each) => each.endsWith("_former_desktop_releases"));
  return readFile(path.join(folder, name ?? "", "migration.sql"), "utf8");
}

function formerReleases(sql: string): DesktopRelease[] {
  return JSON.parse(/\$table\$([^$]*)\$table\$/.exec(sql)?.[1] ?? "").releases;
}

describe.each(ENGINES)("the shipped table on %s", (engine) => {
  let database: TestDatabase;
  let admin: Context;
  let system: Context;

  beforeEach(async () => {
    database ??= await openTestDatabase(engine);
    const { prisma } = database.db;
    await prisma.desktopRelease.deleteMany();
    await prisma.setting.deleteMany();
    admin = await decider(database.db, "admin");
    system = scanner(database.db);
  });

  afterAll(() => database?.close());

  const audited = async () => {
    const rows = await database.db.prisma.auditEvent.findMany({ where: { action: "desktopRelease.update" } });
    return rows.length;
  };
  const row = async (version: string) => {
    const { releases } = await readDesktopReleases(admin);
    return releases.find((release) => release.version === version);
  };

  async function openFormerDatabase(): Promise<DesktopRelease[]> {
    const sql = await formerMigration();
    const former = formerReleases(sql);
    await database.db.prisma.desktopRelease.createMany({ data: former });
    await database.db.pool.query(sql);
    return former;
  }

  test("a new database gets the whole table at once and has no update", async () => {
    await database.db.pool.query(await formerMigration());
    await seedDesktopReleases(database.db);
    const [before, revision] = [await audited(), await readRevision(database.db.prisma)];
    await updateShippedReleases(system);
    const { releases, removed } = await readDesktopReleases(admin);
    expect(releases).toHaveLength(shippedReleases().length);
    expect(releases.every(({ shipped }) => shipped === null)).toBe(true);
    expect(removed).toEqual([]);
    expect([await audited(), await readRevision(database.db.prisma)]).toEqual([before, revision]);
  });

  test("a database of the former table gets every row that no admin changed", async () => {
    const former = await openFormerDatabase();
    expect(former).toHaveLength(92);
    const edited = { ...former[0], source: "Seen on a desk", apiVersion: "0.2.2" } as DesktopRelease;
    await putDesktopRelease(admin, edited);
    const own = { ...edited, version: "4.58.0", source: "Added before it was shipped" };
    await putDesktopRelease(admin, own);
    await removeDesktopRelease(admin, { version: "4.9.0" });
    const before = await audited();
    await seedDesktopReleases(database.db);
    await updateShippedReleases(system);
    await updateShippedReleases(system);

    const shipped = new Map(shippedReleases().map((release) => [release.version, release]));
    const { releases, removed } = await readDesktopReleases(admin);
    expect(await row("4.92.0")).toEqual({ ...shipped.get("4.92.0"), shipped: null });
    expect(await row("4.50.0")).toMatchObject({ composeVersion: "2.40.3", shipped: null });
    expect(await row("4.8.0")).toEqual({ ...edited, shipped: shipped.get("4.8.0") });
    expect(await row("4.58.0")).toEqual({ ...own, shipped: shipped.get("4.58.0") });
    expect(removed.map(({ version }) => version)).toEqual(["4.9.0"]);
    expect(releases).toHaveLength(shipped.size - 1);
    expect(await audited()).toBe(before + 1);

    // With the shipped values, a row is unedited again, and a removed one is back.
    for (const version of ["4.8.0", "4.9.0"])
      await putDesktopRelease(admin, shipped.get(version) as DesktopRelease);
    expect((await row("4.8.0"))?.shipped).toBeNull();
    expect((await readDesktopReleases(admin)).removed).toEqual([]);
  });

  test("a removed table stays removed", async () => {
    await openFormerDatabase();
    await database.db.prisma.desktopRelease.deleteMany();
    await seedDesktopReleases(database.db);
    await updateShippedReleases(system);
    const versions = (await readDesktopReleases(admin)).releases.map(({ version }) => version);
    expect(versions).not.toContain("4.44.0");
    expect(versions).toContain("4.91.0");
  });

  test("processes that start together update once", async () => {
    await openFormerDatabase();
    const before = await audited();
    await Promise.all([updateShippedReleases(system), updateShippedReleases(system)]);
    expect(await audited()).toBe(before + 1);
    expect((await readDesktopReleases(admin)).releases).toHaveLength(shippedReleases().length);
  });

  test("an older process leaves a newer table alone", async () => {
    await seedDesktopReleases(database.db);
    const { prisma } = database.db;
    const newer = { revision: SHIPPED_REVISION + 1, releases: [] };
    await prisma.setting.update({ where: { key: "desktop-releases.shipped" }, data: { value: newer } });
    await updateShippedReleases(system, []);
    expect((await readDesktopReleases(admin)).releases).toHaveLength(shippedReleases().length);
    expect(await readShippedTable(prisma)).toEqual(newer);
  });
});
