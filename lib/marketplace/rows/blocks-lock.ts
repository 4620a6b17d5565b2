/**
 * Blocks hold in every repository, so they are ordered against every write about an extension. Writers share this lock
 * and take it before the extension's row; whoever sets or lifts a block holds it alone, before any row. A version is
 * therefore listed either before a block, which then finds it, or after it, and then sees the block.
 */

import type { Tx } from "@/lib/platform/db/database";

/** Unique among our advisory locks. */
const BLOCKS_LOCK = 7_201_004;

export async function shareBlocks(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${BLOCKS_LOCK}::bigint)`;
}

export async function lockBlocks(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${BLOCKS_LOCK}::bigint)`;
}
