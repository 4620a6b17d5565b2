/** A migrated database of the test's own, on either engine. */

import { createHash } from "node:crypto";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { Database } from "@/lib/platform/db/database";
import { migrationsFolder } from "@/lib/platform/db/migrate";
import { openPgliteInstance } from "@/lib/platform/db/pglite";
import { migratePostgres, openPostgres } from "@/lib/platform/db/postgres";
import { createLog } from "@/lib/platform/log";
import { type Postgres, startPostgres } from "@/tests/support/postgres";

export const ENGINES = ["pglite", "postgres"] as const;
export type EngineName = (typeof ENGINES)[number];

export type TestDatabase = { db: Database; close(): Promise<void> };

export async function openTestDatabase(engine: EngineName): Promise<TestDatabase> {
  return engine === "pglite" ? openPgliteDatabase() : openPostgresDatabase();
}

/** From a dump that is made once per state of the migrations: creating one from nothing takes seconds. */
async function openPgliteDatabase(): Promise<TestDatabase> {
  const dump = await readFile(await templateFile());
  const lite = await PGlite.create({ loadDataDir: new Blob([new Uint8Array(dump)]) });
  const db = await openPgliteInstance(lite);
  return { db, close: () => db.close() };
}

async function openPostgresDatabase(): Promise<TestDatabase> {
  const server = await startPostgres();
  const { db, close } = await openDatabaseOn(server);
  return {
    db,
    async close() {
      await close();
      await server.close();
    },
  };
}

/** A new database on a server that outlives it. */
export async function openDatabaseOn(server: Postgres): Promise<TestDatabase> {
  const url = await server.createDatabase();
  await migratePostgres(url);
  const db = openPostgres(url, createLog("error"));
  return { db, close: () => db.close() };
}

async function templateFile(): Promise<string> {
  const file = path.join(os.tmpdir(), `gantry-pglite-${await migrationsHash()}.tar`);
  if (
    await readFile(file).then(
      () => true,
      () => false,
    )
  )
    return file;
  const lite = await PGlite.create();
  const db = await openPgliteInstance(lite);
  const dump = await lite.dumpDataDir("none");
  await db.close();
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, file);
  return file;
}

async function migrationsHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(migrationsFolder())).sort()) {
    if (name.endsWith(".toml")) continue;
    hash.update(await readFile(path.join(migrationsFolder(), name, "migration.sql")));
  }
  return hash.digest("hex").slice(0, 16);
}
