import type { Tx } from "@/lib/platform/db/database";

/**
 * Locks an account until the transaction ends, so that what it may have so many of is counted by one write at a time. Take
 * it before any other lock. References to the account are still possible meanwhile.
 */
export async function lockAccount(tx: Tx, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${userId}::uuid FOR NO KEY UPDATE`;
}
