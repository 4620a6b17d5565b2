import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Tx } from "@/lib/platform/db/database";
import { isUniqueViolation, transact } from "@/lib/platform/db/transact";
import type { JobKind } from "@/lib/platform/jobs/job-kind";
import { createLog } from "@/lib/platform/log";
import { startQueue } from "@/lib/platform/queue";
import { ENGINES, openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";

describe.each(ENGINES)("transactions on %s", (engine) => {
  let open: TestDatabase;

  beforeAll(async () => {
    open = await openTestDatabase(engine);
    await open.db.pool.query(`
      CREATE TABLE parent (id int PRIMARY KEY);
      CREATE TABLE child (parent int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE counted (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);
      INSERT INTO counted (id) VALUES (1), (2);
      CREATE FUNCTION refuse_at_commit() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION 'refused at commit'; RETURN NULL; END;
      $$ LANGUAGE plpgsql;
      CREATE TABLE watched (id int);
      CREATE CONSTRAINT TRIGGER watched_at_commit AFTER INSERT ON watched
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_at_commit();`);
  });

  afterAll(() => open.close());

  const count = async (table: string) =>
    Number((await open.db.pool.query(`SELECT count(*) FROM ${table}`)).rows[0].count);
  const newUser = (tx: Tx, email: string) =>
    tx.user.create({ data: { email, name: "Someone", role: "publisher" } });
  const usersNamed = (email: string) => open.db.prisma.user.count({ where: { email } });

  test("a condition without a value finds, changes and deletes nothing, and says which one it is", async () => {
    const email = `${randomUUID()}@a.example`;
    await transact(open.db, (tx) => newUser(tx, email));
    const missing: { id: string | undefined } = { id: undefined };
    const refused = { code: "internal", message: expect.stringContaining("where.") };
    const { prisma } = open.db;
    await expect(prisma.user.findFirst({ where: missing })).rejects.toMatchObject(refused);
    await expect(prisma.user.count({ where: { OR: [{ email }, missing] } })).rejects.toMatchObject(refused);
    await expect(prisma.session.findMany({ where: { user: { is: missing } } })).rejects.toMatchObject(
      refused,
    );
    for (const act of [
      (tx: Tx) => tx.user.updateMany({ where: missing, data: { name: "No one" } }),
      (tx: Tx) => tx.user.deleteMany({ where: { id: { in: [email], not: undefined } } }),
    ])
      await expect(transact(open.db, act)).rejects.toMatchObject(refused);
    expect(await prisma.user.findUnique({ where: { email } })).toMatchObject({ name: "Someone" });
    expect(await prisma.user.count()).toBeGreaterThan(0);
  });

  test("what is committed is there, all of it", async () => {
    const [one, two] = [`${randomUUID()}@a.example`, `${randomUUID()}@a.example`];
    const answer = await transact(open.db, async (tx) => {
      await newUser(tx, one);
      await newUser(tx, two);
      return "written";
    });
    expect(answer).toBe("written");
    expect([await usersNamed(one), await usersNamed(two)]).toEqual([1, 1]);
  });

  test.each([
    ["a deferred foreign key", "INSERT INTO child VALUES (99)", "child"],
    ["a trigger at commit", "INSERT INTO watched VALUES (1)", "watched"],
  ])("a commit that %s refuses is an error, and nothing of it stays", async (_name, sql, table) => {
    const email = `${randomUUID()}@a.example`;
    const committed = transact(open.db, async (tx) => {
      await newUser(tx, email);
      await tx.$executeRawUnsafe(sql);
      return "written";
    });
    await expect(committed).rejects.toThrow();
    expect([await usersNamed(email), await count(table)]).toEqual([0, 0]);
    await expect(transact(open.db, (tx) => newUser(tx, email))).resolves.toBeDefined();
  });

  test("an error in the middle takes back everything, also a job that was sent", async () => {
    const kind: JobKind<object> = {
      name: `rolled-back-${engine}`,
      retryLimit: 0,
      retryDelaySeconds: 1,
      expireInSeconds: 60,
      subject: () => "one",
    };
    const log = createLog("error");
    const queue = await startQueue({ db: open.db, log, kinds: [kind], maintain: false, alone: true });
    const jobs = async () =>
      (await open.db.pool.query("SELECT id FROM pgboss.job WHERE name = $1", [kind.name])).rows;
    const email = `${randomUUID()}@a.example`;
    const write = (fails: boolean) =>
      transact(open.db, async (tx) => {
        await newUser(tx, email);
        await queue.send(tx, kind, "key", { value: 1 });
        if (fails) throw new Error("changed my mind");
      });
    await expect(write(true)).rejects.toThrow("changed my mind");
    expect([await usersNamed(email), await jobs()]).toEqual([0, []]);
    await write(false);
    expect([await usersNamed(email), (await jobs()).length]).toEqual([1, 1]);
    await queue.stop();
  });

  test("a unique violation is recognized, and leaves the database usable", async () => {
    const email = `${randomUUID()}@a.example`;
    await transact(open.db, (tx) => newUser(tx, email));
    const second = await transact(open.db, (tx) => newUser(tx, email)).catch((error: unknown) => error);
    expect(isUniqueViolation(second)).toBe(true);
    expect(await usersNamed(email)).toBe(1);
  });

  test("a text that no column can hold is the sender's to correct", async () => {
    const texts = transact(open.db, (tx) => newUser(tx, "nul\0@a.example"));
    const json = transact(open.db, (tx) =>
      tx.setting.create({ data: { key: "nul", value: { text: "a\0b" } } }),
    );
    for (const refused of [texts, json]) {
      await expect(refused).rejects.toMatchObject({ code: "invalid_input", status: 400 });
    }
  });

  test("every transaction is READ COMMITTED", async () => {
    const level = await transact(open.db, (tx) => tx.$queryRawUnsafe("SHOW transaction_isolation"));
    expect(level).toEqual([{ transaction_isolation: "read committed" }]);
  });

  test("many writers of one row lose no update", async () => {
    await Promise.all(
      Array.from({ length: 40 }, () =>
        transact(open.db, (tx) => tx.$executeRawUnsafe("UPDATE counted SET n = n + 1 WHERE id = 1")),
      ),
    );
    expect((await open.db.pool.query("SELECT n FROM counted WHERE id = 1")).rows).toEqual([{ n: 40 }]);
  });

  if (engine === "postgres") {
    test("a transaction sees what others committed meanwhile, and never what they did not", async () => {
      const email = `${randomUUID()}@a.example`;
      const seen: number[] = [];
      await transact(open.db, async (tx) => {
        const look = async () => void seen.push(await tx.user.count({ where: { email } }));
        await look();
        const client = await open.db.pool.connect();
        try {
          await client.query("BEGIN");
          await client.query(
            `INSERT INTO "User" ("id", "email", "name", "role", "updatedAt") VALUES ($1, $2, 'x', 'publisher', now())`,
            [randomUUID(), email],
          );
          await look();
          await client.query("COMMIT");
        } finally {
          client.release();
        }
        await look();
      });
      expect(seen).toEqual([0, 0, 1]);
    });

    test("of two transactions in a deadlock both are done in the end", async () => {
      let attempts = 0;
      const lockInTurn = (first: number, second: number) =>
        transact(open.db, async (tx) => {
          attempts += 1;
          await tx.$executeRawUnsafe("UPDATE counted SET n = n + 1 WHERE id = $1::int", first);
          await sleep(200);
          await tx.$executeRawUnsafe("UPDATE counted SET n = n + 1 WHERE id = $1::int", second);
        });
      await open.db.pool.query("UPDATE counted SET n = 0");
      await Promise.all([lockInTurn(1, 2), lockInTurn(2, 1)]);
      expect((await open.db.pool.query("SELECT n FROM counted ORDER BY id")).rows).toEqual([
        { n: 2 },
        { n: 2 },
      ]);
      // One of them again, and once more when it is slow to come back.
      expect(attempts).toBeGreaterThanOrEqual(3);
    });
  }
});
