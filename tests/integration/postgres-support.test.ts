import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres.close());

test("the server is PostgreSQL 15 or newer, in UTF-8", async () => {
  const [row] = await query(postgres.url, "SELECT current_setting('server_version_num')::int AS version");
  expect(row?.version).toBeGreaterThanOrEqual(150_000);
  expect(await query(postgres.url, "SHOW server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
});

test("databases are apart, and a copy of a template starts with its rows", async () => {
  const template = await postgres.createDatabase({ name: "template" });
  await query(template, "CREATE TABLE thing (name text); INSERT INTO thing VALUES ('first')");
  const [one, two] = [
    await postgres.createDatabase({ template: "template" }),
    await postgres.createDatabase({ template: "template" }),
  ];
  await query(one, "INSERT INTO thing VALUES ('second')");
  expect(await query(one, "SELECT name FROM thing ORDER BY name")).toEqual([
    { name: "first" },
    { name: "second" },
  ]);
  expect(await query(two, "SELECT name FROM thing")).toEqual([{ name: "first" }]);
});

test.each(["tidy", "crash"] as const)(
  "after a %s stop nothing answers, and the data is there again at the same address",
  async (how) => {
    const database = await postgres.createDatabase();
    await query(database, "CREATE TABLE kept (name text); INSERT INTO kept VALUES ('row')");
    await postgres.stop(how);
    await expect(query(database, "SELECT 1")).rejects.toThrow("ECONNREFUSED");
    await postgres.start();
    expect(await query(database, "SELECT name FROM kept")).toEqual([{ name: "row" }]);
  },
);

test("a paused server keeps its connections and answers once it is resumed", async () => {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  postgres.pause();
  const answer = client.query("SELECT 1 AS one");
  await expect(query(postgres.url, "SELECT 1", { connectionTimeoutMillis: 300 })).rejects.toThrow("timeout");
  postgres.resume();
  expect((await answer).rows).toEqual([{ one: 1 }]);
  await client.end();
});

async function query(
  url: string,
  sql: string,
  options: pg.ClientConfig = {},
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, ...options });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
