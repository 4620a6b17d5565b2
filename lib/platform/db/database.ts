/** Database access, the same for the embedded engine and PostgreSQL. */

import type pg from "pg";
import type { Prisma, PrismaClient } from "@/lib/platform/prisma/client";
import { singleton } from "@/lib/platform/singleton";

/**
 * The client inside a transaction. On the embedded engine, an open transaction makes every other query wait, so pass
 * this client down.
 */
export type Tx = Prisma.TransactionClient;

export type Database = {
  engine: "pglite" | "postgres";
  prisma: PrismaClient;
  /** For pg-boss and notifications; never for the tables of the schema. */
  pool: pg.Pool;
  /**
   * Calls back for each `NOTIFY channel`. Only a hint, because notifications can be lost. Channel names consist of
   * lower-case letters and underscores, because one of the engines does not quote them.
   */
  listen(channel: string, onNotify: (payload: string) => void): Promise<void>;
  close(): Promise<void>;
};

export const database = singleton<Database>("database");
