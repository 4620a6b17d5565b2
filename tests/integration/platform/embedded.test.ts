import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import type pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "@/lib/platform/db/client";
import { openPglite, poolOver } from "@/lib/platform/db/pglite/open-pglite";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

describe("the pool over the embedded engine", () => {
  let pool: pg.Pool;

  beforeAll(async () => {
    pool = poolOver(await PGlite.create());
    await pool.query("CREATE TABLE thing (id int PRIMARY KEY, name text)");
  });

  afterEach(() => pool.query("DELETE FROM thing"));
  afterAll(() => pool.end());

  test("every query gets its own answer, also after others failed", async () => {
    await pool.query("INSERT INTO thing VALUES ($1, $2)", [0, "zero"]);
    const failing = [
      () => pool.query("INSERT INTO thing VALUES ($1, $2)", [0, "again"]),
      () => pool.query("SELECT nothing FROM nowhere"),
      () => pool.query("SELECT $1::int", ["no number"]),
      () => pool.query("SELECT 1; SELECT 1 / 0; SELECT 2"),
      () => pool.query("INSERT INTO thing VALUES (0)"),
    ];
    for (let round = 1; round <= 20; round += 1) {
      const [fails, answers] = [failing[round % failing.length], [round, round + 1]];
      const failed = fails?.();
      const asked = answers.map((n) => pool.query("SELECT $1::int AS n", [n]));
      await expect(failed).rejects.toThrow(/duplicate key|does not exist|invalid input|division by zero/);
      expect((await Promise.all(asked)).map(({ rows }) => rows)).toEqual(answers.map((n) => [{ n }]));
    }
  });

  test("a client that comes back with an error leaves no open transaction", async () => {
    const client = await pool.connect();
    await client.query("BEGIN");
    await client.query("INSERT INTO thing VALUES (7, 'uncommitted')");
    client.release(new Error("something went wrong halfway"));
    expect((await pool.query("SELECT * FROM thing")).rows).toEqual([]);
  });

  test("parameter types given as a function are left out, and given as a list they are kept", async () => {
    const name = { text: "SELECT $1 AS value", values: ["5"] };
    const asFunction = { ...name, types: { getTypeParser: () => (text: string) => `parsed ${text}` } };
    expect((await pool.query(asFunction)).rows).toEqual([{ value: "parsed 5" }]);
    const { connection } = createPgConfig(await PGlite.create());
    expect(() => connection.parse({ text: "SELECT $1", types: [23] })).not.toThrow();
  });

  test("the client reads and writes through it: numbers, bytes, lists, dates, JSON", async () => {
    const prisma = createClient(pool);
    const [row] = await prisma.$queryRaw<
      object[]
    >`SELECT ${1}::int AS i, ${2n}::bigint AS b, ${["a", "b"]}::text[] AS l,
      ${new Uint8Array([0, 255])}::bytea AS y, ${new Date(0)}::timestamptz AS d, ${{ a: [1] }}::jsonb AS j`;
    expect(row).toEqual({
      i: 1,
      b: 2n,
      l: ["a", "b"],
      y: new Uint8Array([0, 255]),
      d: new Date(0),
      j: { a: [1] },
    });
  });
});

describe("the data folder", () => {
  test("keeps what was committed, and is closed to others", async () => {
    const folder = temporaryFolder("pglite");
    const first = await openPglite(folder.path);
    await first.prisma.setting.create({ data: { key: "kept", value: { n: 1 } } });
    await first.close();
    const second = await openPglite(folder.path);
    expect(await second.prisma.setting.findUnique({ where: { key: "kept" } })).toMatchObject({
      value: { n: 1 },
    });
    await second.close();
    folder.remove();
  });

  test("of another major version of PostgreSQL is refused with the way out, and left as it is", async () => {
    const folder = temporaryFolder("pglite");
    const marker = path.join(folder.path, "postgres", "PG_VERSION");
    await mkdir(path.dirname(marker));
    await writeFile(marker, "17\n");
    await expect(openPglite(folder.path)).rejects.toMatchObject({
      code: "configuration",
      message: "The data folder was written by PostgreSQL 17, but this version of Gantry embeds 18.",
      suggestion: expect.stringContaining("make a backup there, and restore it"),
    });
    expect(await readFile(marker, "utf8")).toBe("17\n");
    folder.remove();
  });
});
