/** Applies `prisma/migrations` with Prisma's schema engine and records them in the ordinary `_prisma_migrations`. */

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { createSchemaEngine } from "@/lib/platform/db/schema-engine";

/** The engine wants to know which tables it must not touch: none. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

type Migration = { name: string; sql: string };

/** The names of the migrations that were applied now. A failing migration leaves nothing behind and throws. */
export async function applyMigrations(pool: pg.Pool, folder: string = migrationsFolder()): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const engine = await createSchemaEngine(bindMigrationAwareSqlAdapterFactory(new WholeScriptPg(pool)));
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
 * The stock adapter cuts a script at every `;`, which breaks function bodies and leaves half a migration behind
 * when one statement fails. Sent whole, a script is one implicit transaction.
 */
class WholeScriptPg extends PrismaPg {
  constructor(private readonly pool: pg.Pool) {
    super(pool);
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.pool.query(script);
    };
    return adapter;
  }
}
