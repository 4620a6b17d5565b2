/** A migrated database of the test's own, on either engine. */

import type { Database } from "@/lib/platform/db/database";
import { openPgliteInstance } from "@/lib/platform/db/pglite";
import { openPostgres } from "@/lib/platform/db/postgres";
import { createLog } from "@/lib/platform/log";
import { openTemplate } from "@/tests/support/databases/pglite-template";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";

export const ENGINES = ["pglite", "postgres"] as const;
export type EngineName = (typeof ENGINES)[number];

export type TestDatabase = { db: Database; close(): Promise<void> };

export async function openTestDatabase(engine: EngineName): Promise<TestDatabase> {
  return engine === "pglite" ? openPgliteDatabase() : openPostgresDatabase();
}

async function openPgliteDatabase(): Promise<TestDatabase> {
  const db = await openPgliteInstance(await openTemplate());
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
  const db = openPostgres(await server.createMigratedDatabase(), createLog("error"));
  return { db, close: () => db.close() };
}
