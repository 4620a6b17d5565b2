import { type DataLock, lockDataFolder } from "@/lib/platform/data-lock";
import type { Database } from "@/lib/platform/db/database";
import { openPglite } from "@/lib/platform/db/pglite/open-pglite";
import { migratePostgres, openPostgres } from "@/lib/platform/db/postgres";
import type { Env } from "@/lib/platform/env";
import type { Log } from "@/lib/platform/log";

export type Engine = {
  db: Database;
  /** Migrates the schema; throws while a PostgreSQL server is unavailable. */
  migrate(): Promise<void>;
  close(): Promise<void>;
};

/** PostgreSQL at DATABASE_URL, or the embedded engine in the data folder, which this process then owns. */
export async function openEngine(env: Env, log: Log): Promise<Engine> {
  const { databaseUrl } = env;
  if (databaseUrl !== undefined) {
    const db = openPostgres(databaseUrl, log);
    return {
      db,
      async migrate() {
        await migratePostgres(databaseUrl);
      },
      close: () => db.close(),
    };
  }
  const lock: DataLock = await lockDataFolder(env.dataDir);
  try {
    const db = await openPglite(env.dataDir);
    return {
      db,
      migrate: async () => undefined,
      async close() {
        await db.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
