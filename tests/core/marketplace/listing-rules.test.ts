/** The allow-list's history says what is served, also after an upgrade of Gantry that changes how items are made. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allowListAt } from "@/lib/marketplace/history/allow-list-at";
import { recordListings } from "@/lib/marketplace/publishing/listing-history";
import { followListingRules } from "@/lib/marketplace/publishing/listing-rules";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { scanner } from "@/tests/support/deciders";

let database: TestDatabase;
const name = `acme/${randomUUID()}`;
const repository = `docker.io/${name}`;

beforeAll(async () => {
  database = await openTestDatabase("pglite");
  await writeReleases(database.db);
  const arm = inspectionReport("arm").platforms.filter(({ architecture }) => architecture === "arm64");
  const versions = [
    versionRecord("2.0.1", { report: { repository } }),
    versionRecord("2.1.0", { report: { repository, platforms: arm } }),
  ];
  await writeExtensions(database.db, extensionRecord(repository, { versions }));
});
afterAll(() => database?.close());

async function tagsNow(): Promise<(string | null)[]> {
  const { items } = await allowListAt(database.db, new Date().toISOString(), { key: "tests" });
  return items.map(({ tag }) => tag);
}

test("an item records the newest version for both platforms", async () => {
  const { prisma } = database.db;
  const { id } = await prisma.extension.findUniqueOrThrow({ where: { repository } });
  await prisma.$transaction((tx) => recordListings(tx, scanner(database.db), [id], "add"));
  expect(await tagsNow()).toEqual(["2.0.1"]);
});

test("the first start after an upgrade records what the new rules change, once", async () => {
  const { prisma } = database.db;
  const last = await prisma.listingEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  // What a Gantry with other rules would have recorded.
  const item = { ...Object(last.item), tag: "2.1.0", version: "2.1.0" };
  const at = new Date(last.at.getTime() + 1);
  const sequence = last.sequence + 1n;
  await prisma.listingEvent.create({ data: { sequence, at, repository: name, cause: "scan", item } });
  await prisma.catalogRevision.update({ where: { id: 1 }, data: { listingRules: 0 } });
  expect(await tagsNow()).toEqual(["2.1.0"]);
  const services = scanner(database.db);
  await followListingRules(services);
  expect(await tagsNow()).toEqual(["2.0.1"]);
  const { cause } = await prisma.listingEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  expect(cause).toBe("upgrade");
  const { revision } = await prisma.catalogRevision.findUniqueOrThrow({ where: { id: 1 } });
  await followListingRules(services);
  expect((await prisma.catalogRevision.findUniqueOrThrow({ where: { id: 1 } })).revision).toBe(revision);
});
