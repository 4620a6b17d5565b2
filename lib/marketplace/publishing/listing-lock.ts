import type { Tx } from "@/lib/platform/db/database";

/** Unique among the advisory locks of this database. */
const LISTING_LOCK = 7_201_002;

/** Writers of listing events take this before they read the database's time, and hold it until they commit. */
export async function lockListingEvents(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LISTING_LOCK}::bigint)`;
}

/** Waits for writers that already have their time but have not committed; readers do not wait for each other. */
export async function waitForListingEvents(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${LISTING_LOCK}::bigint)`;
}
