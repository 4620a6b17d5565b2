import type { Tx } from "@/lib/platform/db/database";

/** All PostgreSQL advisory locks of Gantry in one table, so that their numbers are unique. */
export const ADVISORY_LOCKS = {
  /** Session lock: one process at a time applies migrations. */
  migrations: 7_201_000,
  /** The end of the audit chain: each row covers the one before it. */
  audit: 7_201_001,
  /** Timestamps of listing events: writers take the lock exclusively; readers share it to wait for writers. */
  listingEvents: 7_201_002,
  /** Blocks against every write to an extension: writers share the lock; changing blocks takes it exclusively. */
  blocks: 7_201_004,
  /** The number of admins: two concurrent removals cannot leave none. */
  admins: 7_201_010,
  /** The number of registry credentials. */
  registryCredentials: 7_201_011,
} as const;

/** Takes the lock until the transaction ends. */
type TransactionLock = Exclude<keyof typeof ADVISORY_LOCKS, "migrations">;

export async function lockExclusively(tx: Tx, name: TransactionLock): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS[name]}::bigint)`;
}

export async function lockShared(tx: Tx, name: TransactionLock): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${ADVISORY_LOCKS[name]}::bigint)`;
}
