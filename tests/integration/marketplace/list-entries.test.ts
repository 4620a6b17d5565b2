import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getEntry } from "@/lib/marketplace/entries/get-entry";
import { listAllEntries, listEntries } from "@/lib/marketplace/entries/list-entries";
import { capabilities } from "@/tests/builders/capabilities";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions } from "@/tests/builders/catalog-rows";
import { ENGINES, openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { decider } from "@/tests/support/deciders";

/** In the order of their bytes, which is that of few collations. */
const NAMES = ["a-b", "a-c", "a.d", "aa", "a_b", "b"].toSorted();

describe.each(ENGINES)("the list of entries on %s", (engine) => {
  let database: TestDatabase;
  let reviewer: Awaited<ReturnType<typeof decider>>;

  beforeAll(async () => {
    database = await openTestDatabase(engine);
    reviewer = await decider(database.db, "reviewer");
    const record = (name: string) => {
      const repository = `docker.io/acme/${name}`;
      const labels = { title: `Title of ${name}`, vendor: null };
      const moved = { digest: `sha256:${"a".repeat(64)}`, seenAt: "2026-11-02T08:00:00.000Z" };
      return extensionRecord(repository, {
        entry: { state: name === "aa" ? "suspended" : "active" },
        versions: name === "b" ? [] : [versionRecord("1.0.0", { report: { repository, labels }, moved })],
        hiddenTags: name === "a-b" ? ["2.0.0", "3.0.0"] : [],
      });
    };
    await writeExtensions(database.db, ...NAMES.toReversed().map(record));
    const envelope = { capabilities: JSON.parse(JSON.stringify(capabilities())), approved: [] };
    await database.db.prisma.entry.updateMany({ data: { envelope } });
    await database.db.prisma.extension.create({ data: { repository: "docker.io/acme/no-entry" } });
  });

  afterAll(() => database.close());

  test("comes in pages, by repository, each entry once", async () => {
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await listEntries(reviewer, { limit: 4, cursor });
      expect(page.total).toBe(NAMES.length);
      pages.push(page.items.map(({ repository }) => repository));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([4, 2]);
    expect(pages.flat()).toEqual(NAMES.map((name) => `acme/${name}`));
  });

  test("says the same of each as its own page", async () => {
    const items = await listAllEntries(reviewer, {});
    expect(items).toHaveLength(NAMES.length);
    for (const item of items) {
      expect(await getEntry(reviewer, { repository: item.repository })).toMatchObject(item);
    }
    expect(items.find(({ repository }) => repository === "acme/a-c")).toMatchObject({
      title: "Title of a-c",
      vendor: null,
      versions: { listed: 1, held: 0, moved: 1 },
    });
  });

  test("is filtered by state", async () => {
    const { items, total, next } = await listEntries(reviewer, { state: "suspended", limit: 10 });
    expect({ names: items.map(({ repository }) => repository), total, next }).toEqual({
      names: ["acme/aa"],
      total: 1,
      next: null,
    });
  });

  test("is for those who decide", async () => {
    const publisher = await decider(database.db, "publisher");
    await expect(listEntries(publisher, { limit: 1 })).rejects.toMatchObject({ code: "forbidden" });
  });
});
