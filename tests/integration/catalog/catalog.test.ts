import { copyFile, readFile, stat, writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Catalog, type CatalogOptions, createCatalog } from "@/lib/catalog/catalog";
import { diskCopyFile } from "@/lib/catalog/disk/disk-copy";
import { catalogSince, wholeCatalog } from "@/lib/catalog/queries/catalog-export";
import { listExtensions } from "@/lib/catalog/queries/list";
import { showOwnWrites } from "@/lib/catalog/read-your-writes";
import type { Database } from "@/lib/platform/db/database";
import { hasCode } from "@/lib/platform/errors";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { removeEntry, writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { ENGINES, openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { keptLog } from "@/tests/support/kept-log";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import { testClock } from "@/tests/support/test-clock";

describe.each(ENGINES)("on %s", (engine) => {
  const A = "docker.io/acme/a";
  const B = "docker.io/acme/b";

  let opened: TestDatabase;
  let db: Database;
  let folder: ReturnType<typeof temporaryFolder>;
  const { log, lines } = keptLog();
  const clock = testClock("2026-11-20T12:00:00Z");
  const started: Catalog[] = [];

  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    db = opened.db;
    await writeReleases(db);
  });

  beforeEach(async () => {
    folder = temporaryFolder("catalog");
    clock.set("2026-11-20T12:00:00Z");
    lines.length = 0;
    await db.prisma.extension.deleteMany({ where: { entry: null } });
    await db.prisma.entry.deleteMany();
    await db.prisma.version.deleteMany();
    await db.prisma.extension.deleteMany();
  });

  afterEach(async () => {
    for (const one of started.splice(0)) await one.stop();
    folder.remove();
  });

  afterAll(() => opened.close());

  function make(options: Partial<CatalogOptions> = {}): Catalog {
    const made = createCatalog({ db, clock, log, dataDir: folder.path, pollMs: 3_600_000, ...options });
    started.push(made);
    return made;
  }

  /** The same database behind a switch: while it is away every query fails as it does without a connection. */
  function switchable(): { db: Database; away(is: boolean): void } {
    let isAway = false;
    const refuse = () => Promise.reject(new Error("connect ECONNREFUSED 127.0.0.1:5432"));
    const prisma = new Proxy(db.prisma, {
      get(target, key, receiver) {
        if (!isAway) return Reflect.get(target, key, receiver);
        return key === "$transaction" ? refuse : { findUnique: refuse, findMany: refuse };
      },
    });
    return {
      db: { ...db, prisma },
      away(is) {
        isAway = is;
      },
    };
  }

  function names(one: Catalog): string[] {
    return listExtensions(one.current(), { limit: 100 }).items.map(({ repository }) => repository);
  }

  test("before anything was read, asking says that Gantry is starting", () => {
    let thrown: unknown;
    try {
      make().current();
    } catch (error) {
      thrown = error;
    }
    expect(hasCode(thrown, "starting")).toBe(true);
  });

  test("shows what the database holds", async () => {
    const versions = [versionRecord("1.0.0"), versionRecord("1.1.0", { visibility: "held" })];
    const revision = await writeExtensions(db, extensionRecord(A, { versions }));
    const one = make();
    await one.start();
    const view = one.current().find("acme/a");
    expect(one.current().revision).toBe(revision);
    expect(view?.document.value()).toMatchObject({ title: "Disk Lens", latest: { tag: "1.0.0" } });
    expect(view?.version("1.1.0")).toBeUndefined();
  });

  test("an extension that was never approved is unknown to the public", async () => {
    await db.prisma.extension.create({ data: { repository: A, revision: 1n } });
    const one = make();
    await one.start();
    expect(one.current().find("acme/a")).toBeUndefined();
  });

  test("a refresh reads what changed, and leaves the bytes of everything else as they are", async () => {
    await writeExtensions(db, extensionRecord(A), extensionRecord(B));
    const one = make();
    await one.start();
    const kept = one.current().find("acme/a")?.document.stored();
    await writeExtensions(db, extensionRecord(B, { entry: { state: "suspended" } }));
    await one.refresh();
    expect(names(one)).toEqual(["acme/a"]);
    expect(one.current().find("acme/b")?.state).toBe("suspended");
    expect(one.current().find("acme/a")?.document.stored()).toBe(kept);
  });

  test("reading in steps ends where reading everything at once does", async () => {
    const stepwise = make();
    await stepwise.start();
    for (const tag of ["1.0.0", "1.1.0", "2.0.0-rc.1"]) {
      await writeExtensions(db, extensionRecord(A, { versions: [versionRecord(tag)] }), extensionRecord(B));
      await stepwise.refresh();
    }
    await removeEntry(db, B);
    await stepwise.refresh();
    const atOnce = make({ dataDir: `${folder.path}/other` });
    await atOnce.start();
    const bytes = async (one: Catalog) => [
      (await one.current().allowList()).identity.etag,
      one.current().find("acme/a")?.document.stored().identity.etag,
      one.current().find("acme/b"),
    ];
    expect(await bytes(stepwise)).toEqual(await bytes(atOnce));
    expect((await bytes(atOnce))[2]).toBeUndefined();
  });

  test("a commit is followed by its notification alone", async () => {
    const one = make();
    await one.start();
    const revision = await writeExtensions(db, extensionRecord(A));
    await vi.waitFor(() => expect(one.current().revision).toBe(revision), { timeout: 10_000 });
    expect(names(one)).toEqual(["acme/a"]);
  });

  test("a commit whose notification was lost is found by asking", async () => {
    const one = make({ db: { ...db, listen: async () => undefined }, pollMs: 20 });
    await one.start();
    const revision = await writeExtensions(db, extensionRecord(A));
    await vi.waitFor(() => expect(one.current().revision).toBe(revision), { timeout: 10_000 });
  });

  test("writers see their own write, even without a notification", async () => {
    const one = make({ db: { ...db, listen: async () => undefined } });
    await one.start();
    const revision = await writeExtensions(db, extensionRecord(A));
    expect(await one.reached(revision)).toBe(true);
    expect(names(one)).toEqual(["acme/a"]);
    await writeExtensions(db, extensionRecord(B));
    await showOwnWrites(one, db);
    expect(names(one)).toEqual(["acme/a", "acme/b"]);
  });

  test("waiting for a revision that does not come ends with false", async () => {
    const one = make();
    await one.start();
    expect(await one.reached(one.current().revision + 1n, 60)).toBe(false);
  });

  test("many writers and many waiters end at the same last state", async () => {
    const one = make();
    await one.start();
    const tags = Array.from({ length: 12 }, (_none, index) => `1.${index}.0`);
    await Promise.all(
      tags.map(async (tag, index) => {
        const revision = await writeExtensions(
          db,
          extensionRecord(`docker.io/acme/x${index}`, { versions: [versionRecord(tag)] }),
        );
        expect(await one.reached(revision, 20_000)).toBe(true);
        expect(one.current().find(`acme/x${index}`)?.summary().latest?.tag).toBe(tag);
      }),
    );
  });

  test("time alone ends an entry at its instant, without the database", async () => {
    const ends = new Date("2026-11-20T13:00:00Z");
    await writeExtensions(db, extensionRecord(A, { entry: { expiresAt: ends } }), extensionRecord(B));
    const source = switchable();
    const one = make({ db: source.db });
    await one.start();
    source.away(true);
    clock.set("2026-11-20T12:59:59.999Z");
    expect(names(one)).toEqual(["acme/a", "acme/b"]);
    clock.set("2026-11-20T13:00:00.000Z");
    expect(names(one)).toEqual(["acme/b"]);
    expect(one.current().find("acme/a")?.state).toBe("expired");
  });

  test("the revision never goes back, whatever the database says", async () => {
    await writeExtensions(db, extensionRecord(A));
    const one = make();
    await one.start();
    const before = one.current();
    await db.prisma.catalogRevision.update({ where: { id: 1 }, data: { revision: 0n } });
    try {
      await one.refresh();
      await one.refresh();
      expect(one.current()).toBe(before);
      expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
    } finally {
      await db.prisma.catalogRevision.update({ where: { id: 1 }, data: { revision: before.revision } });
    }
  });

  test("an outage is logged once, changes nothing that is served, and ends automatically", async () => {
    await writeExtensions(db, extensionRecord(A));
    const source = switchable();
    const one = make({ db: source.db, pollMs: 10 });
    await one.start();
    source.away(true);
    await vi.waitFor(() => expect(lines.map(({ level }) => level)).toContain("warn"), { timeout: 10_000 });
    await expect(one.refresh()).rejects.toThrow();
    expect(names(one)).toEqual(["acme/a"]);
    const revision = await writeExtensions(db, extensionRecord(B));
    source.away(false);
    await vi.waitFor(() => expect(one.current().revision).toBe(revision), { timeout: 10_000 });
    expect(lines.filter(({ level }) => level === "warn")).toHaveLength(1);
    expect(lines.some(({ msg }) => msg.includes("in step with the database again"))).toBe(true);
  });

  test("after a restart with the database away the copy on disk is served, with the same bytes", async () => {
    const ends = new Date("2026-11-20T13:00:00Z");
    const deprecated = { message: "Use b.", replacement: "acme/b" };
    await writeExtensions(
      db,
      extensionRecord(A, { deprecated, entry: { expiresAt: ends } }),
      extensionRecord(B, { entry: { track: "range", range: "^1" } }),
    );
    const before = make();
    await before.start();
    await before.stop();
    const source = switchable();
    source.away(true);
    const after = make({ db: source.db });
    await after.start();
    expect(after.current().revision).toBe(before.current().revision);
    for (const name of ["acme/a", "acme/b"]) {
      const etag = (one: Catalog) => one.current().find(name)?.document.stored().identity.etag;
      expect(etag(after)).toBe(etag(before));
    }
    expect(after.current().desktopReleases().identity.etag).toBe(
      before.current().desktopReleases().identity.etag,
    );
    clock.set("2026-11-20T13:00:00Z");
    expect(names(after)).toEqual(["acme/b"]);
  });

  test("processes of one database answer the same state with the same bytes, also after a restart", async () => {
    await writeExtensions(db, extensionRecord(A), extensionRecord(B));
    const long = make({ dataDir: `${folder.path}/long` });
    await long.start();
    const since = long.current().revision;
    await writeExtensions(db, extensionRecord(B, { entry: { state: "suspended" } }));
    await long.refresh();
    const fresh = make({ dataDir: `${folder.path}/fresh` });
    await fresh.start();
    await long.stop();
    const source = switchable();
    source.away(true);
    const fromDisk = make({ dataDir: `${folder.path}/long`, db: source.db });
    await fromDisk.start();
    const answers = async (one: Catalog) => {
      const snapshot = await one.prepared();
      return [await wholeCatalog(snapshot), await catalogSince(snapshot, since), await snapshot.allowList()];
    };
    const expected = await answers(long);
    expect(await answers(fresh)).toEqual(expected);
    expect(await answers(fromDisk)).toEqual(expected);
    const changes = JSON.parse(expected[1]?.identity.bytes.toString("utf8") ?? "");
    expect(changes).toMatchObject({ full: false, since: String(since), items: [], removed: ["acme/b"] });
  });

  test("a copy on disk older than what was shown stands in only while the database is unavailable", async () => {
    await writeExtensions(db, extensionRecord(A));
    const before = make();
    await before.start();
    await before.stop();
    const old = await readFile(diskCopyFile(folder.path), "utf8");
    const again = make();
    await again.start();
    await writeExtensions(db, extensionRecord(A, { entry: { state: "suspended" } }));
    await again.refresh();
    await again.stop();
    // As after a kill between showing a change and writing it down.
    await writeFile(diskCopyFile(folder.path), old);
    const source = switchable();
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const listen: Database["listen"] = async () => {
      asked();
      await held;
    };
    const after = make({ db: { ...source.db, listen } });
    const starting = after.start();
    await isAsked;
    expect(() => after.current()).toThrow();
    expect(after.settled()).toBe(false);
    source.away(true);
    answer();
    await starting;
    expect(after.settled()).toBe(true);
    expect(names(after)).toEqual(["acme/a"]);
    source.away(false);
    await after.refresh();
    expect(names(after)).toEqual([]);
  });

  test("a client that has seen a later state elsewhere waits for it, and gets an error when there is none", async () => {
    const source = switchable();
    const one = make({ db: { ...source.db, listen: async () => undefined }, pollMs: 20 });
    await one.start();
    const revision = await writeExtensions(db, extensionRecord(A));
    expect(await one.caughtUp(revision, 20_000)).toBe("reached");
    expect(one.current().revision).toBe(revision);
    expect(await one.caughtUp(revision + 5n, 20_000)).toBe("older");
    source.away(true);
    expect(await one.caughtUp(revision + 5n, 20_000)).toBe("behind");
    source.away(false);
    const still = make({ dataDir: `${folder.path}/still`, db: { ...db, listen: async () => undefined } });
    await still.start();
    expect(await still.caughtUp(revision + 5n, 30)).toBe("behind");
  });

  test("with the database back the copy on disk counts for nothing, even when it is newer", async () => {
    await writeExtensions(db, extensionRecord(A), extensionRecord(B));
    const before = make();
    await before.start();
    await before.stop();
    await removeEntry(db, A);
    await db.prisma.catalogRevision.update({ where: { id: 1 }, data: { revision: { decrement: 1 } } });
    await db.prisma.extension.updateMany({ data: { revision: 1n } });
    const after = make();
    await after.start();
    expect(names(after)).toEqual(["acme/b"]);
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, text.length - 40)],
    ["changed", (text: string) => text.replace("docker.io/acme/a", "docker.io/acme/z")],
    ["of another format", (text: string) => text.replace(/"format":\d+/, '"format":0')],
    ["empty", () => ""],
    ["no JSON", () => "nonsense\n"],
  ])("a copy on disk that is %s is ignored, and the log says so", async (_what, damage) => {
    await writeExtensions(db, extensionRecord(A));
    const before = make();
    await before.start();
    await before.stop();
    const file = diskCopyFile(folder.path);
    await writeFile(file, damage(await readFile(file, "utf8")));
    const source = switchable();
    source.away(true);
    const after = make({ db: source.db });
    await after.start();
    expect(() => after.current()).toThrow();
    expect(lines.some(({ msg }) => msg.includes("copy of the catalog on disk is not usable"))).toBe(true);
    source.away(false);
    await after.refresh();
    expect(names(after)).toEqual(["acme/a"]);
  });

  test("a copy that cannot be written leaves the old one as it was", async () => {
    await writeExtensions(db, extensionRecord(A));
    const one = make();
    await one.start();
    await one.stop();
    const file = diskCopyFile(folder.path);
    await copyFile(file, `${file}.kept`);
    const other = make({ dataDir: `${folder.path}/snapshot/catalog.jsonl` });
    await other.start();
    await other.stop();
    expect(await readFile(file, "utf8")).toBe(await readFile(`${file}.kept`, "utf8"));
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(lines.some(({ msg }) => msg.includes("could not be written"))).toBe(true);
  });
});
