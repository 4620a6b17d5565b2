/**
 * The embedded engine: PostgreSQL compiled to WebAssembly, stored in a folder and accessed through an ordinary
 * `pg.Pool`.
 */

import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import type pg from "pg";
import { createClient } from "@/lib/platform/db/client";
import type { Database } from "@/lib/platform/db/database";
import { applyMigrations } from "@/lib/platform/db/migrate";
import { OneClientPool } from "@/lib/platform/db/pglite/one-client-pool";
import { AppError } from "@/lib/platform/errors";

/** The major version of the PostgreSQL inside PGlite 0.5. */
const POSTGRES_MAJOR = "18";

/** Opens (or creates) the database in `dataDir` and migrates its schema. The caller holds the data lock. */
export async function openPglite(dataDir: string): Promise<Database> {
  const folder = path.join(dataDir, "postgres");
  await refuseOtherMajor(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return openPgliteInstance(await PGlite.create(folder));
}

/** Takes ownership of `lite`: closing the database closes it. */
export async function openPgliteInstance(lite: PGlite): Promise<Database> {
  const pool = poolOver(lite);
  try {
    await applyMigrations(pool);
  } catch (error) {
    await pool.end();
    await lite.close();
    throw error;
  }
  const prisma = createClient(pool);
  return {
    engine: "pglite",
    prisma,
    pool,
    async listen(channel, onNotify) {
      await lite.listen(channel, onNotify);
    },
    async close() {
      await prisma.$disconnect();
      await pool.end();
      await lite.close();
    },
  };
}

/**
 * PGlite's own bridge with one fix: adapter-pg passes parameter types as a function where the bridge expects an array.
 * Uses one client that is never replaced, because PGlite has a single session.
 */
export function poolOver(lite: PGlite): pg.Pool {
  const config = createPgConfig(lite);
  const parse = config.connection.parse.bind(config.connection);
  config.connection.parse = (query: { types?: unknown }) =>
    parse({ ...query, types: Array.isArray(query.types) ? query.types : undefined });
  return new OneClientPool(asPoolConfig(config));
}

/** PGlite's documentation passes this object to `pg.Pool` as it is: its `connection` speaks the protocol in memory. */
function asPoolConfig(config: ReturnType<typeof createPgConfig>): pg.PoolConfig {
  return config as unknown as pg.PoolConfig;
}

async function refuseOtherMajor(folder: string): Promise<void> {
  const found = await readFile(path.join(folder, "PG_VERSION"), "utf8").catch(() => undefined);
  if (found === undefined || found.trim() === POSTGRES_MAJOR) return;
  throw new AppError(
    "configuration",
    `The data folder was written by PostgreSQL ${found.trim()}, but this version of Gantry embeds ${POSTGRES_MAJOR}.`,
    {
      suggestion:
        "Start the Gantry release that wrote it, make a backup there, and restore it into a new data folder with this one.",
    },
  );
}
