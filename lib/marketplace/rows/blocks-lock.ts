/**
 * Orders blocks against every write about an extension, since a block applies to every repository. Writers take this
 * lock shared, before the extension's row; setting or lifting a block takes it exclusively, before any row. So a version
 * is listed either before a block, which then finds it, or after it, and then sees the block.
 */

import type { Tx } from "@/lib/platform/db/database";

/** Unique among the advisory locks of this database. */
const BLOCKS_LOCK = 7_201_004;

export async function shareBlocks(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${BLOCKS_LOCK}::bigint)`;
}

export async function lockBlocks(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${BLOCKS_LOCK}::bigint)`;
}
