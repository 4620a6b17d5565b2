/** The one way to the database, the same for the embedded engine and for PostgreSQL. */

import type pg from "pg";
import type { Prisma, PrismaClient } from "@/lib/platform/prisma/client";
import { singleton } from "@/lib/platform/singleton";

/** The client inside a transaction. While one is open on the embedded engine every other query waits, so pass it down. */
export type Tx = Prisma.TransactionClient;

export type Database = {
  engine: "pglite" | "postgres";
  prisma: PrismaClient;
  /** For pg-boss and notifications; never for the tables of the schema. */
  pool: pg.Pool;
  /**
   * Calls back for each `NOTIFY channel`; a hint only, since notifications can be lost. A channel's name is made of
   * lower-case letters and underscores, since one of the engines does not quote it.
   */
  listen(channel: string, onNotify: (payload: string) => void): Promise<void>;
  close(): Promise<void>;
};

export const database = singleton<Database>("database");
