import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/lib/platform/db/database";
import { migratePostgres, openPostgres } from "@/lib/platform/db/postgres";
import { read, transact } from "@/lib/platform/db/transact";
import { createLog } from "@/lib/platform/log";
import { ENGINES, openTestDatabase } from "@/tests/support/databases/database";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";
import { waitFor } from "@/tests/support/marketplace";

const AWAY = { code: "database_unavailable", status: 503, retryable: true, retryAfterSeconds: 5 };

describe.each(ENGINES)("notifications on %s", (engine) => {
  test("reach every listener of their channel after the commit, and none of another", async () => {
    const { db, close } = await openTestDatabase(engine);
    const heard: string[] = [];
    await db.listen("one", (payload) => heard.push(`one ${payload}`));
    await db.listen("two", (payload) => heard.push(`two ${payload}`));
    const notify = (channel: string, payload: string, fails = false) =>
      transact(db, async (tx) => {
        await tx.$executeRaw`SELECT pg_notify(${channel}, ${payload})`;
        if (fails) throw new Error("changed my mind");
      });
    await expect(notify("two", "rolled back", true)).rejects.toThrow();
    await notify("one", "a");
    await notify("two", "b");
    await waitFor(
      async () => heard,
      ({ length }) => length === 2,
    );
    expect(heard.toSorted()).toEqual(["one a", "two b"]);
    await close();
  });
});

describe("while PostgreSQL is away", () => {
  let postgres: Postgres;
  let db: Database;
  const heard: string[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.createDatabase();
    await migratePostgres(url);
    db = openPostgres(url, createLog("silent"));
    await db.listen("news", (payload) => heard.push(payload));
  });

  afterAll(async () => {
    await db.close();
    await postgres.close();
  });

  const write = (key: string) => transact(db, (tx) => tx.setting.create({ data: { key, value: 1 } }));
  const writeRaw = () => transact(db, (tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(1)`);
  const count = () => read(() => db.prisma.setting.count());

  test.each(["tidy", "crash"] as const)(
    "(%s) reads and writes say so and how long to wait; then pool and listener recover automatically",
    async (how) => {
      const before = await count();
      await postgres.stop(how);
      for (let round = 0; round < 3; round += 1) {
        const refused = [write(how), writeRaw(), count()];
        for (const each of refused) await expect(each).rejects.toMatchObject(AWAY);
      }
      await postgres.start();
      await write(how);
      expect(await count()).toBe(before + 1);
      await waitFor(
        async () => {
          await db.pool.query("SELECT pg_notify('news', $1)", [how]);
          return heard;
        },
        () => heard.includes(how),
      );
    },
  );

  test("a transaction that loses its connection is refused, and nothing of it stays", async () => {
    const lost = transact(db, async (tx) => {
      await tx.setting.create({ data: { key: "lost", value: 1 } });
      await postgres.stop("crash");
      await tx.setting.create({ data: { key: "lost too", value: 1 } });
    });
    await expect(lost).rejects.toMatchObject(AWAY);
    await postgres.start();
    expect(await read(() => db.prisma.setting.count({ where: { key: { startsWith: "lost" } } }))).toBe(0);
  });

  test("a commit that loses its connection is refused", async () => {
    const lost = transact(db, async (tx) => {
      await tx.setting.create({ data: { key: "at commit", value: 1 } });
      await postgres.stop("crash");
    });
    await expect(lost).rejects.toMatchObject(AWAY);
    await postgres.start();
    expect(await read(() => db.prisma.setting.count({ where: { key: "at commit" } }))).toBe(0);
  });

  test("a server that has frozen is away too", async () => {
    await write("before the frost");
    postgres.pause();
    try {
      await expect(write("frozen")).rejects.toMatchObject(AWAY);
    } finally {
      postgres.resume();
    }
    await write("after the frost");
  });
});
