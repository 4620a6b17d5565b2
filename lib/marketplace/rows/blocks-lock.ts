/**
 * Orders blocks against every write about an extension, since a block applies to every repository. Writers take this
 * lock shared, before the extension's row; setting or lifting a block takes it exclusively, before any row. So a version
 * is listed either before a block, which then finds it, or after it, and then sees the block.
 */

import { lockExclusively, lockShared } from "@/lib/platform/db/advisory-locks";
import type { Tx } from "@/lib/platform/db/database";

export async function shareBlocks(tx: Tx): Promise<void> {
  await lockShared(tx, "blocks");
}

export async function lockBlocks(tx: Tx): Promise<void> {
  await lockExclusively(tx, "blocks");
}
