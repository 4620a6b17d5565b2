/** Applies `prisma/migrations` with Prisma's schema engine and records them in the usual `_prisma_migrations` table. */

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { ADVISORY_LOCKS } from "@/lib/platform/db/advisory-locks";
import { createSchemaEngine } from "@/lib/platform/db/schema-engine";
import { AppError } from "@/lib/platform/errors";

/** The engine requires a list of tables that it must not touch; it is empty. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

type Migration = { name: string; sql: string };

/**
 * Applies pending migrations and returns their names. A failing migration is rolled back and throws; the next call
 * applies it again. `pool` must have a single connection, because locks belong to a session.
 */
export async function applyMigrations(pool: pg.Pool, folder: string = migrationsFolder()): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const adapter = new WholeScriptPg(pool);
  await pool.query("SELECT pg_advisory_lock($1::bigint)", [ADVISORY_LOCKS.migrations]);
  try {
    const known = await forgetUnfinished(pool);
    // Imported lazily: loading the engine would slow every start by half a second.
    if (migrations.every(({ name }) => known.has(name))) return [];
    refuseOtherHistory(known, migrations);
    return await runEngine(adapter, folder, migrations);
  } catch (error) {
    throw adapter.failure === undefined ? error : migrationFailed(error, adapter.failure);
  } finally {
    // If the connection was lost, so was the lock.
    await pool
      .query("SELECT pg_advisory_unlock($1::bigint)", [ADVISORY_LOCKS.migrations])
      .catch(() => undefined);
  }
}

async function runEngine(adapter: WholeScriptPg, folder: string, migrations: Migration[]): Promise<string[]> {
  const engine = await createSchemaEngine(bindMigrationAwareSqlAdapterFactory(adapter));
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationsList(folder, migrations),
      filters: NO_FILTERS,
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/**
 * Deletes unfinished migrations from the history and returns the names of the finished ones. The engine refuses a
 * database with an unfinished migration. Gantry's migrations are marked as finished in the transaction that applies
 * them, so an unfinished one was not applied at all.
 */
async function forgetUnfinished(pool: pg.Pool): Promise<Set<string>> {
  const { rows } = await pool.query<{ found: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found",
  );
  if (!rows[0]?.found) return new Set();
  await pool.query(`DELETE FROM "_prisma_migrations" WHERE ${UNFINISHED}`);
  const finished = await pool.query<{ migration_name: string }>(
    `SELECT "migration_name" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL`,
  );
  return new Set(finished.rows.map((row) => row.migration_name));
}

/** The migrations of development builds were squashed into one, so their databases lack the current first migration. */
function refuseOtherHistory(known: Set<string>, migrations: Migration[]): void {
  const [first] = migrations;
  if (known.size === 0 || first === undefined || known.has(first.name)) return;
  throw new AppError(
    "configuration",
    "An unreleased build of Gantry created this database, and this version cannot migrate it.",
    {
      suggestion:
        "Start with an empty database. Move the data folder away, or create another PostgreSQL database and set DATABASE_URL to it. To recreate the demo, run npm run demo -- --reset.",
    },
  );
}

const UNFINISHED = `"finished_at" IS NULL AND "rolled_back_at" IS NULL`;

const FINISH = `
;DO $gantry$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    UPDATE "_prisma_migrations" SET "finished_at" = now() WHERE ${UNFINISHED};
  END IF;
END $gantry$;`;

/** The engine's own error names the migration but hides the database's message. */
function migrationFailed(error: unknown, cause: Error): Error {
  const name = /migration_name="([^"]+)"/.exec(String(error))?.[1] ?? "";
  return new Error(`The migration ${name} failed and was rolled back: ${cause.message}`, { cause });
}

export function migrationsFolder(): string {
  return fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(path.join(folder, name, "migration.sql"), "utf8") })),
  );
}

function migrationsList(baseDir: string, migrations: Migration[]) {
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
}

/**
 * The stock adapter splits a script at every `;`, which breaks function bodies and leaves half a migration behind when
 * one statement fails. Sent whole, together with its completion mark, a script is one implicit transaction.
 */
class WholeScriptPg extends PrismaPg {
  /** The database's error for the script that failed. */
  failure: Error | undefined;

  constructor(private readonly pool: pg.Pool) {
    super(pool);
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.pool.query(script + FINISH).catch((error: Error) => {
        this.failure = error;
        throw error;
      });
    };
    return adapter;
  }
}
