import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { StoredDocument } from "@/lib/catalog/encoding/stored-document";
import { catalogSince, wholeCatalog } from "@/lib/catalog/queries/catalog-export";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { WholeCatalog } from "@/lib/catalog/views/catalog-content";
import type { CatalogRecords } from "@/lib/catalog/views/records";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import fc from "@/tests/builders/fast-check";

const NOW = new Date("2026-11-20T12:00:00Z");

function extension(name: string, title = "T", entry = {}, revision = 1n): ExtensionRecord {
  const repository = `docker.io/acme/${name}`;
  return extensionRecord(repository, {
    revision,
    entry,
    versions: [versionRecord("1.0.0", { report: { repository, labels: { title } } })],
  });
}

function next(
  records: readonly ExtensionRecord[],
  revision: bigint,
  previous?: Snapshot,
  { now = NOW, ...changes }: Partial<CatalogRecords> & { now?: Date } = {},
): Snapshot {
  return buildSnapshot(catalogRecords(records, { revision, ...changes }), now, previous);
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

test("of one state every process answers the same bytes, whenever and from whatever it made them", async () => {
  const b = extension("b", "T", { expiresAt: new Date("2026-11-20T13:00:00Z") });
  const records = [extension("a"), b];
  const changed = [extension("a", "New title", {}, 2n), b];
  const raisedAt = new Date("2026-11-20T12:30:00Z");
  const at = (time: string) => ({ raisedAt, now: new Date(`2026-11-20T${time}Z`) });
  const stepwise = next(changed, 2n, next(records, 1n), at("12:30:01"));
  const started = next(changed, 2n, undefined, at("12:59:00"));
  for (const answer of [wholeCatalog, (one: Snapshot) => catalogSince(one, 1n)])
    expect(await answer(stepwise)).toEqual(await answer(started));
  expect(read(await wholeCatalog(started))).toMatchObject({
    snapshot: "2",
    generatedAt: "2026-11-20T12:30:00.000Z",
  });
  // The end of an entry is a change of its own, at the same instant for everybody.
  const ended = next(changed, 2n, undefined, at("14:00:00"));
  expect(await wholeCatalog(next(changed, 2n, stepwise, at("13:00:00")))).toEqual(await wholeCatalog(ended));
  expect(read(await wholeCatalog(ended)).generatedAt).toBe("2026-11-20T13:00:00.000Z");
});

test("a snapshot of the state before keeps the very document", async () => {
  const first = next([extension("a")], 1n);
  const again = next([extension("a")], 1n, first, { now: new Date("2026-11-21T00:00:00Z") });
  expect(await wholeCatalog(again)).toBe(await wholeCatalog(first));
});

test("since a state: what changed, what is new and what is gone, and nothing else, also right after a start", async () => {
  const a = extension("a");
  const records = [
    a,
    extension("b", "New title", {}, 5n),
    extension("c", "T", { state: "revoked" }, 4n),
    extension("d", "T", {}, 3n),
  ];
  const first = next([a, extension("b"), extension("c")], 1n);
  for (const second of [next(records, 5n, first), next(records, 5n)]) {
    expect(read(await catalogSince(second, 1n))).toMatchObject({
      full: false,
      since: "1",
      snapshot: "5",
      total: 3,
      items: [{ repository: "acme/b", title: "New title" }, { repository: "acme/d" }],
      removed: ["acme/c"],
    });
    expect(read(await catalogSince(second, 5n))).toMatchObject({ full: false, items: [], removed: [] });
    expect(read(await catalogSince(second, 4n))).toMatchObject({
      items: [{ repository: "acme/b" }],
      removed: [],
    });
  }
});

test("what expired is reported to clients that have the same revision from before", async () => {
  const ends = extension("b", "T", { expiresAt: new Date("2026-11-20T13:00:00Z") });
  const later = next([extension("a"), ends], 1n, undefined, { now: new Date("2026-11-20T13:00:00Z") });
  expect(read(await catalogSince(later, 1n))).toMatchObject({ full: false, removed: ["acme/b"] });
});

test("since before a change of what all are judged by, or of no state that was: everything", async () => {
  const second = next([extension("a")], 6n, undefined, { wholeRevision: 5n });
  for (const since of [0n, 4n, 7n, 10n ** 18n])
    expect(read(await catalogSince(second, since))).toMatchObject({ full: true, total: 1, items: [{}] });
  expect(read(await catalogSince(second, 5n))).toMatchObject({ full: false, items: [] });
});

const anyState = fc.uniqueArray(
  fc.record({ name: fc.constantFrom("a", "b", "c", "d"), title: fc.constantFrom("T", "U") }),
  {
    selector: ({ name }) => name,
  },
);

test("a copy kept up to date by changes equals a fresh one, from any process", async () => {
  const property = fc.asyncProperty(
    fc.array(anyState, { minLength: 1, maxLength: 6 }),
    fc.nat(5),
    fc.boolean(),
    async (states, from, restarted) => {
      let records: ExtensionRecord[] = [];
      let snapshot: Snapshot | undefined;
      let copy: WholeCatalog | undefined;
      for (const [index, state] of states.entries()) {
        const revision = BigInt(index + 1);
        records = rewritten(records, state, revision);
        snapshot = next(records, revision, restarted ? undefined : snapshot);
        if (index === Math.min(from, states.length - 1)) copy = read(await wholeCatalog(snapshot));
      }
      if (snapshot === undefined || copy === undefined) return;
      const changes = read(await catalogSince(snapshot, BigInt(copy.snapshot)));
      const items = new Map(copy.items.map((item) => [item.repository, item]));
      for (const repository of changes.removed) items.delete(repository);
      for (const item of changes.items) items.set(item.repository, item);
      const kept = [...items.values()].sort((a, b) => (a.repository < b.repository ? -1 : 1));
      expect(changes.full).toBe(false);
      expect(createHash("sha256").update(JSON.stringify(kept)).digest("hex")).toBe(changes.sha256);
      expect(kept.length).toBe(changes.total);
    },
  );
  await fc.assert(property, { numRuns: 60 });
});

/** As the write side does it: what is no longer wanted stays as a revoked entry, and what stays the same is not touched. */
function rewritten(
  before: readonly ExtensionRecord[],
  state: readonly { name: string; title: string }[],
  revision: bigint,
): ExtensionRecord[] {
  const titles = new Map(state.map(({ name, title }) => [name, title]));
  const names = new Set([
    ...before.map(({ repository }) => repository.slice("docker.io/acme/".length)),
    ...titles.keys(),
  ]);
  return [...names].map((name) => {
    const title = titles.get(name);
    const made = extension(name, title, { state: title === undefined ? "revoked" : "active" }, revision);
    const known = before.find(({ repository }) => repository === made.repository);
    return known && saysTheSame(known, made) ? known : made;
  });
}

function saysTheSame(a: ExtensionRecord, b: ExtensionRecord): boolean {
  const text = ({ revision: _revision, ...rest }: ExtensionRecord) => JSON.stringify(rest);
  return text(a) === text(b);
}
