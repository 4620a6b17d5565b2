import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { changedSince, emptyLog, logged } from "@/lib/catalog/change-log";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot";
import type { StoredDocument } from "@/lib/catalog/stored-document";
import { catalogSince, type WholeCatalog, wholeCatalog } from "@/lib/catalog/whole-catalog";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";

const NOW = new Date("2026-11-20T12:00:00Z");

function extension(name: string, title = "T", entry = {}): ExtensionRecord {
  const repository = `docker.io/acme/${name}`;
  return extensionRecord(repository, {
    entry,
    versions: [versionRecord("1.0.0", { report: { repository, labels: { title } } })],
  });
}

function next(
  records: readonly ExtensionRecord[],
  revision: bigint,
  previous?: Snapshot,
  now = NOW,
): Snapshot {
  return buildSnapshot(catalogRecords(records, { revision }), now, previous);
}

function read({ identity }: StoredDocument): WholeCatalog {
  return JSON.parse(identity.bytes.toString("utf8"));
}

test("everything in one document, with the hash of its items", async () => {
  const whole = read(
    await wholeCatalog(
      next([extension("b"), extension("a"), extension("c", "T", { state: "suspended" })], 7n),
    ),
  );
  expect(whole).toMatchObject({ snapshot: "7", full: true, since: null, total: 2, removed: [] });
  expect(whole.items.map(({ repository }) => repository)).toEqual(["acme/a", "acme/b"]);
  expect(whole.sha256).toBe(createHash("sha256").update(JSON.stringify(whole.items)).digest("hex"));
});

test("a change that says nothing to the public leaves the document and its ETags as they are", async () => {
  const a = extension("a");
  const first = next([a], 1n);
  const document = await wholeCatalog(first);
  const second = next(
    [a, extension("b", "T", { state: "revoked" })],
    2n,
    first,
    new Date("2026-11-21T00:00:00Z"),
  );
  expect(await wholeCatalog(second)).toBe(document);
});

test("since a snapshot: what changed, what is new and what is gone, and nothing else", async () => {
  const [a, b, c] = [extension("a"), extension("b"), extension("c")];
  const first = next([a, b, c], 1n);
  const second = next([a, extension("b", "New title"), extension("d")], 5n, first);
  expect(read(await catalogSince(second, 1n))).toMatchObject({
    full: false,
    since: "1",
    snapshot: "5",
    total: 3,
    items: [{ repository: "acme/b", title: "New title" }, { repository: "acme/d" }],
    removed: ["acme/c"],
  });
  expect(read(await catalogSince(second, 5n))).toMatchObject({ full: false, items: [], removed: [] });
  // Another process may have shown revisions that this one went past.
  expect(read(await catalogSince(second, 3n)).removed).toEqual(["acme/c"]);
});

test("what time alone took away is told to those who have the same revision from before", async () => {
  const ends = extension("b", "T", { expiresAt: new Date("2026-11-20T13:00:00Z") });
  const first = next([extension("a"), ends], 1n);
  const later = buildSnapshot(first.records, new Date("2026-11-20T13:00:00Z"), first);
  expect(read(await catalogSince(later, 1n))).toMatchObject({ full: false, removed: ["acme/b"] });
});

test("a snapshot that is unknown or too old gets everything", async () => {
  const second = next([extension("a")], 6n, next([], 5n));
  for (const since of [0n, 4n, 7n, 10n ** 18n])
    expect(read(await catalogSince(second, since))).toMatchObject({ full: true, total: 1, items: [{}] });
});

test("the log forgets its oldest steps, and then knows nothing since before them", () => {
  let log = emptyLog(0n);
  for (let revision = 1n; revision <= 1_200n; revision += 1n)
    log = logged(log, { revision, byTime: false, repositories: [`acme/x${revision}`] });
  expect(log.steps.length).toBeLessThanOrEqual(1_000);
  expect(changedSince(log, 199n, 1_200n)).toBeUndefined();
  expect(changedSince(log, 1_199n, 1_200n)).toEqual(new Set(["acme/x1200"]));
  expect(changedSince(log, log.from, 1_200n)?.size).toBe(log.steps.length);
});

const anyState = fc.uniqueArray(
  fc.record({ name: fc.constantFrom("a", "b", "c", "d"), title: fc.constantFrom("T", "U") }),
  {
    selector: ({ name }) => name,
  },
);

test("a copy that is kept by changes is the same as one that is fetched anew", async () => {
  const property = fc.asyncProperty(
    fc.array(anyState, { minLength: 1, maxLength: 6 }),
    fc.nat(5),
    async (states, from) => {
      const pool = new Map<string, ExtensionRecord>();
      const record = (name: string, title: string) => {
        const key = `${name} ${title}`;
        pool.set(key, pool.get(key) ?? extension(name, title));
        return pool.get(key) ?? extension(name, title);
      };
      let snapshot: Snapshot | undefined;
      let copy: WholeCatalog | undefined;
      for (const [index, state] of states.entries()) {
        snapshot = next(
          state.map(({ name, title }) => record(name, title)),
          BigInt(index + 1),
          snapshot,
        );
        if (index === Math.min(from, states.length - 1)) copy = read(await wholeCatalog(snapshot));
      }
      if (snapshot === undefined || copy === undefined) return;
      const changes = read(await catalogSince(snapshot, BigInt(copy.snapshot)));
      const items = new Map(copy.items.map((item) => [item.repository, item]));
      for (const repository of changes.removed) items.delete(repository);
      for (const item of changes.items) items.set(item.repository, item);
      const kept = [...items.values()].sort((a, b) => (a.repository < b.repository ? -1 : 1));
      expect(createHash("sha256").update(JSON.stringify(kept)).digest("hex")).toBe(changes.sha256);
      expect(kept.length).toBe(changes.total);
    },
  );
  await fc.assert(property, { numRuns: 60 });
});
