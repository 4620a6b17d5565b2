import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "@/lib/catalog/listing/cursor";
import { SORTS } from "@/lib/catalog/listing/list-order";
import { type ListQuery, listExtensions } from "@/lib/catalog/queries/list";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { hasCode } from "@/lib/platform/errors";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import fc from "@/tests/builders/fast-check";
import type { ReportChanges } from "@/tests/builders/inspection-report";

const NOW = new Date("2026-11-20T12:00:00Z");

function extension(
  name: string,
  labels: ReportChanges["labels"] = {},
  listedAt = "2026-11-01T08:00:00.000Z",
) {
  const repository = name.includes(".") ? name : `docker.io/${name}`;
  const version = versionRecord("1.0.0", { listedAt, report: { repository, labels } });
  return extensionRecord(repository, { versions: [version] });
}

function snapshotOf(...records: ReturnType<typeof extension>[]): Snapshot {
  return buildSnapshot(catalogRecords(records), NOW);
}

function names(snapshot: Snapshot, query: Partial<ListQuery>): string[] {
  return listExtensions(snapshot, { limit: 100, ...query }).items.map(({ repository }) => repository);
}

const SOME = snapshotOf(
  extension("acme/disk-lens", { title: "Disk Lens", categories: ["utility-tools"] }),
  extension("acme/logs", { title: "Log viewer", description: "Reads every LOG.", vendor: "Ünïcode GmbH" }),
  extension(
    "ghcr.io/other/lens",
    { title: "Öl", categories: ["database", "security"] },
    "2026-11-10T00:00:00Z",
  ),
);

test.each([
  ["no query", {}, ["acme/disk-lens", "acme/logs", "ghcr.io/other/lens"]],
  ["a word of a title", { q: "LENS" }, ["acme/disk-lens", "ghcr.io/other/lens"]],
  ["two words in different fields", { q: "viewer acme" }, ["acme/logs"]],
  ["a word with other accents", { q: "unicode" }, ["acme/logs"]],
  ["a word of a description", { q: "every log" }, ["acme/logs"]],
  ["a part of a repository", { q: "other/lens" }, ["ghcr.io/other/lens"]],
  ["a word that matches nothing", { q: "lens nowhere" }, []],
  ["white space only", { q: "   " }, ["acme/disk-lens", "acme/logs", "ghcr.io/other/lens"]],
  ["a category", { category: "database" }, ["ghcr.io/other/lens"]],
  ["a publisher", { publisher: "ghcr.io/other" }, ["ghcr.io/other/lens"]],
  ["a publisher's part", { publisher: "other" }, []],
  ["a platform", { platform: "linux/arm64" }, ["acme/disk-lens", "acme/logs", "ghcr.io/other/lens"]],
  ["a platform that no extension has", { platform: "linux/riscv64" }, []],
  ["the newest first", { sort: "updated" as const }, ["ghcr.io/other/lens", "acme/disk-lens", "acme/logs"]],
])("finds by %s", (_what, query, expected) => {
  expect(names(SOME, query)).toEqual(expected);
});

test("what the query means is not read as a pattern, and odd text is only text", () => {
  for (const q of ["%", "_", "'--", ":*", "&|!()", "\u0000", "😀", "\ud800", ".*", "[", "\\"])
    expect(names(SOME, { q })).toEqual([]);
});

test("the total and the facets count every match, not the page", () => {
  const page = listExtensions(SOME, { limit: 1 });
  expect(page).toMatchObject({
    total: 3,
    facets: {
      categories: [
        { value: "database", count: 1 },
        { value: "security", count: 1 },
        { value: "utility-tools", count: 2 },
      ],
    },
  });
});

test("with a host each item carries what that host is offered; without one, no such field", () => {
  const host = { desktop: "4.8.0", architecture: "amd64" };
  const [item] = listExtensions(SOME, { limit: 1, host }).items;
  expect(item).toMatchObject({ offer: null, offerReason: { code: "needs_newer_desktop" } });
  expect(Object.keys(listExtensions(SOME, { limit: 1 }).items[0] ?? {})).not.toContain("offer");
});

const anyName = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/).map((name) => `acme/${name}`);
const anyTitle = fc.constantFrom("A", "a", "ä", "B", "", "Zz", "Disk");
const anyExtensions = fc.uniqueArray(fc.record({ name: anyName, title: anyTitle }), {
  selector: ({ name }) => name,
  maxLength: 25,
});

function walk(
  pages: (cursor: string | undefined, index: number) => ReturnType<typeof listExtensions>,
): string[] {
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let index = 0; ; index += 1) {
    const page = pages(cursor, index);
    seen.push(...page.items.map(({ repository }) => repository));
    if (page.next === null) return seen;
    cursor = page.next;
  }
}

test("pages put together are the whole list, in every order and for every page size", () => {
  const property = fc.property(
    anyExtensions,
    fc.constantFrom(...SORTS),
    fc.integer({ min: 1, max: 7 }),
    fc.constantFrom("", "a", "acme"),
    (extensions, sort, limit, q) => {
      const snapshot = snapshotOf(...extensions.map(({ name, title }) => extension(name, { title })));
      const whole = names(snapshot, { sort, q, limit: 1_000 });
      expect(walk((cursor) => listExtensions(snapshot, { sort, q, limit, cursor }))).toEqual(whole);
    },
  );
  fc.assert(property, { numRuns: 60 });
});

test("what stays listed is neither skipped nor repeated when others come and go between two pages", () => {
  const property = fc.property(
    anyExtensions,
    anyExtensions,
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom(...SORTS),
    fc.constantFrom("", "acme"),
    (stay, others, limit, sort, q) => {
      const staying = stay.map(({ name, title }) => extension(name, { title }));
      const passing = others
        .filter(({ name }) => !stay.some((one) => one.name === name))
        .map(({ name, title }) => extension(name, { title }));
      const [even, odd] = [snapshotOf(...staying, ...passing), snapshotOf(...staying)];
      const seen = walk((cursor, index) =>
        listExtensions(index % 2 === 0 ? even : odd, { sort, q, limit, cursor }),
      );
      const wanted = new Set(stay.map(({ name }) => name));
      expect(seen.filter((name) => wanted.has(name)).sort()).toEqual([...wanted].sort());
    },
  );
  fc.assert(property, { numRuns: 60 });
});

test("a cursor names a place in one order, and anything else is refused", () => {
  const cursor = { order: "name", key: "disk lens", repository: "acme/disk-lens" };
  expect(decodeCursor(encodeCursor(cursor), "name")).toEqual(cursor);
  for (const [text, order] of [
    [encodeCursor(cursor), "updated"],
    ["", "name"],
    ["nonsense", "name"],
    [Buffer.from("[1,2,3]").toString("base64url"), "name"],
    [Buffer.from("{}").toString("base64url"), "name"],
    ["A".repeat(5_000), "name"],
  ] as const) {
    let thrown: unknown;
    try {
      decodeCursor(text, order);
    } catch (error) {
      thrown = error;
    }
    expect(hasCode(thrown, "invalid_cursor")).toBe(true);
  }
});

test("three thousand extensions of one name and age are walked through without one twice or left out", () => {
  const version = versionRecord("1.0.0");
  const records = Array.from({ length: 3_000 }, (_none, index) =>
    extensionRecord(`docker.io/acme/x${(index * 7_919) % 3_000}`, { versions: [version] }),
  );
  const snapshot = snapshotOf(...records);
  for (const sort of SORTS) {
    const seen = walk((cursor) => listExtensions(snapshot, { sort, limit: 100, cursor }));
    expect(seen.length).toBe(3_000);
    expect(new Set(seen).size).toBe(3_000);
  }
});
