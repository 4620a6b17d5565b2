import type { Tx } from "@/lib/platform/db/database";

/** Every advisory lock of PostgreSQL that Gantry takes, in one table so that numbers stay unique. */
export const ADVISORY_LOCKS = {
  /** Held by the session: one process at a time applies migrations. */
  migrations: 7_201_000,
  /** The end of the audit chain: each row covers the row before. */
  audit: 7_201_001,
  /** The time of listing events: writers take it exclusively, readers share it to wait for writers. */
  listingEvents: 7_201_002,
  /** Blocks against every write about an extension: writers share it, a change of blocks is exclusive. */
  blocks: 7_201_004,
  /** The number of admins: two removals at once cannot both leave none. */
  admins: 7_201_010,
} as const;

/** Held until the transaction ends. */
type TransactionLock = Exclude<keyof typeof ADVISORY_LOCKS, "migrations">;

export async function lockExclusively(tx: Tx, name: TransactionLock): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS[name]}::bigint)`;
}

export async function lockShared(tx: Tx, name: TransactionLock): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${ADVISORY_LOCKS[name]}::bigint)`;
}
