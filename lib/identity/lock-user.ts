import type { Tx } from "@/lib/platform/db/database";
import type { User } from "@/lib/platform/prisma/client";

/**
 * The account as it is now, locked until the end of the transaction, so that its role, password, sessions and tokens
 * cannot change under a decision about them. Rows that refer to it can still be added.
 */
export async function lockUser(tx: Tx, userId: string): Promise<User | null> {
  await tx.$executeRaw`SELECT 1 FROM "User" WHERE "id" = ${userId}::uuid FOR NO KEY UPDATE`;
  return tx.user.findUnique({ where: { id: userId } });
}
