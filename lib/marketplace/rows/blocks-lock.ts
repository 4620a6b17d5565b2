/**
 * Blocks hold in every repository, so they are ordered against every write about an extension. Writers share this lock
 * and take it before the extension's row; whoever sets or lifts a block holds it alone, before any row. A version is
 * therefore listed either before a block, which then finds it, or after it, and then sees the block.
 */

import { lockExclusively, lockShared } from "@/lib/platform/db/advisory-locks";
import type { Tx } from "@/lib/platform/db/database";

export async function shareBlocks(tx: Tx): Promise<void> {
  await lockShared(tx, "blocks");
}

export async function lockBlocks(tx: Tx): Promise<void> {
  await lockExclusively(tx, "blocks");
}
