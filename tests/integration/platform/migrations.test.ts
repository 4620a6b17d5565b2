import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { applyMigrations, migrationsFolder } from "@/lib/platform/db/migrate";
import { poolOver } from "@/lib/platform/db/pglite/open-pglite";
import { migratePostgres } from "@/lib/platform/db/postgres";
import { diffSchemas } from "@/lib/platform/db/schema-diff";
import { ENGINES } from "@/tests/support/databases/database";
import { readCatalog } from "@/tests/support/databases/database-catalog";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

const FIRST = `CREATE TABLE first (id int PRIMARY KEY);`;
const WITH_BODY = `
  CREATE FUNCTION twice() RETURNS trigger AS $$
  BEGIN
    NEW.id := NEW.id * 2; -- a ; in a comment; and "one;in;a;name"
    IF NEW.id > 100 THEN RAISE EXCEPTION 'too; big'; END IF;
    RETURN NEW;
  END;
  $$ LANGUAGE plpgsql;
  CREATE TRIGGER twice BEFORE INSERT ON first FOR EACH ROW EXECUTE FUNCTION twice();
  INSERT INTO first VALUES (21);`;
const FAILING = `CREATE TABLE half (id int); INSERT INTO first VALUES (1); SELECT 1 / 0; CREATE TABLE never (id int);`;
const CORRECTED = `CREATE TABLE half (id int); INSERT INTO first VALUES (1);`;

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres.close());

describe.each(ENGINES)("migrations on %s", (engine) => {
  let folder: ReturnType<typeof temporaryFolder>;
  let pool: pg.Pool;
  /** What a start of Gantry does: on PostgreSQL with a connection of its own. */
  let migrate: () => Promise<string[]>;

  beforeEach(async () => {
    folder = temporaryFolder("migrations");
    if (engine === "pglite") {
      pool = poolOver(await PGlite.create());
      migrate = () => applyMigrations(pool, folder.path);
    } else {
      const url = await postgres.createDatabase();
      pool = new pg.Pool({ connectionString: url });
      migrate = () => migratePostgres(url, folder.path);
    }
  });

  afterEach(async () => {
    await pool.end();
    folder.remove();
  });

  async function write(name: string, sql: string): Promise<void> {
    await mkdir(path.join(folder.path, name), { recursive: true });
    await writeFile(path.join(folder.path, name, "migration.sql"), sql);
  }

  const query = async (sql: string) => (await pool.query(sql)).rows;
  const tables = async () =>
    (await query(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`))
      .map((row) => row.table_name)
      .filter((name) => name !== "_prisma_migrations")
      .sort();

  test("are applied once, in the order of their names, and recorded", async () => {
    await write("2_second", "ALTER TABLE first ADD COLUMN name text");
    await write("1_first", FIRST);
    expect(await migrate()).toEqual(["1_first", "2_second"]);
    expect(await migrate()).toEqual([]);
    await write("3_third", "ALTER TABLE first ADD COLUMN more text");
    expect(await migrate()).toEqual(["3_third"]);
    const recorded = await query(`SELECT migration_name FROM _prisma_migrations
      WHERE finished_at IS NOT NULL ORDER BY migration_name`);
    expect(recorded.map((row) => row.migration_name)).toEqual(["1_first", "2_second", "3_third"]);
  });

  test("may hold function bodies, comments and names with a semicolon", async () => {
    await write("1_first", FIRST);
    await write("2_body", WITH_BODY);
    expect(await migrate()).toEqual(["1_first", "2_body"]);
    expect(await query("SELECT id FROM first")).toEqual([{ id: 42 }]);
    await expect(query("INSERT INTO first VALUES (60)")).rejects.toThrow("too; big");
  });

  test("that fail leave nothing behind, say why, and are taken again once they are corrected", async () => {
    await write("1_first", FIRST);
    await write("2_failing", FAILING);
    for (let start = 0; start < 2; start += 1) {
      await expect(migrate()).rejects.toThrow(
        "The migration 2_failing failed and was rolled back: division by zero",
      );
      expect(await tables()).toEqual(["first"]);
      expect(await query("SELECT id FROM first")).toEqual([]);
    }
    await write("2_failing", CORRECTED);
    expect(await migrate()).toEqual(["2_failing"]);
    expect(await tables()).toEqual(["first", "half"]);
    expect(await query("SELECT id FROM first")).toEqual([{ id: 1 }]);
    expect(await migrate()).toEqual([]);
  });

  test("that a killed process began are taken again", async () => {
    await write("1_first", FIRST);
    await migrate();
    await query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
      VALUES ('x', 'x', '2_second', now(), 0)`);
    await write("2_second", CORRECTED);
    expect(await migrate()).toEqual(["2_second"]);
    expect(await tables()).toEqual(["first", "half"]);
  });

  test("never touch a database that has other migrations, and say how to start again", async () => {
    await write("1_older", FIRST);
    await migrate();
    await rename(path.join(folder.path, "1_older"), path.join(folder.path, "2_initial"));
    await expect(migrate()).rejects.toMatchObject({
      code: "configuration",
      message: expect.stringContaining("cannot migrate it"),
      suggestion: expect.stringContaining("npm run demo -- --reset"),
    });
    expect(await tables()).toEqual(["first"]);
  });

  test("of ours make the very database that schema.prisma describes, but for what they say they add", async () => {
    for (const name of await migrationNames()) {
      await write(name, await readFile(path.join(migrationsFolder(), name, "migration.sql"), "utf8"));
    }
    await migrate();
    const migrated = await readCatalog(pool);
    const described = poolOver(await PGlite.create());
    const script = await diffSchemas(described, undefined, await schemaText("prisma/schema.prisma"));
    await described.query(script ?? "");
    const expected = await readCatalog(described);
    await described.end();
    expect(migrated.columns).toEqual(expected.columns);
    expect(migrated.constraints).toEqual(expected.constraints);
    expect(migrated.enums).toEqual(expected.enums);
    expect(added(migrated.indexes, expected.indexes)).toEqual([
      expect.stringContaining('INDEX "Inspection_platforms_idx"'),
      expect.stringContaining('INDEX "Submission_one_open"'),
      expect.stringContaining('INDEX "Version_one_current"'),
    ]);
    expect(added(migrated.triggers, expected.triggers)).toEqual([
      expect.stringContaining('TRIGGER "AuditEvent_append_only"'),
      expect.stringContaining('TRIGGER "AuditEvent_no_truncate"'),
      expect.stringContaining('TRIGGER "ListingEvent_append_only"'),
      expect.stringContaining('TRIGGER "ListingEvent_no_truncate"'),
    ]);
    for (const part of ["indexes", "triggers"] as const)
      expect(added(expected[part], migrated[part])).toEqual([]);
  });
});

test("several instances that start on one empty PostgreSQL at once find the whole schema, applied once", async () => {
  for (let round = 0; round < 3; round += 1) {
    const url = await postgres.createDatabase();
    await Promise.all(Array.from({ length: 6 }, () => migratePostgres(url)));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(
      "SELECT migration_name, finished_at FROM _prisma_migrations ORDER BY 1",
    );
    expect(rows.map((row) => row.migration_name)).toEqual(await migrationNames());
    expect(rows.every((row) => row.finished_at !== null)).toBe(true);
    expect((await client.query(`SELECT * FROM "CatalogRevision"`)).rows).toHaveLength(1);
    // The lock is free again.
    expect((await client.query("SELECT * FROM pg_locks WHERE locktype = 'advisory'")).rows).toEqual([]);
    await client.end();
  }
});

test("the schema that npm run db:new compares with is the one that the migrations produce", async () => {
  expect(await schemaText(path.join(migrationsFolder(), "schema.prisma"))).toBe(
    await schemaText("prisma/schema.prisma"),
  );
});

test("every migration is a folder with a time stamp, a name and its SQL, and no copy of the schema", async () => {
  for (const name of await migrationNames()) {
    expect(name).toMatch(/^\d{14}_[a-z0-9_]+$/);
    expect(await readdir(path.join(migrationsFolder(), name))).toEqual(["migration.sql"]);
  }
});

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsFolder(), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function schemaText(file: string): Promise<string> {
  return readFile(file, "utf8");
}

function added(all: string[], known: string[]): string[] {
  return all.filter((each) => !known.includes(each));
}
