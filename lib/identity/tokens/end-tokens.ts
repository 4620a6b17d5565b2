import { liveTokens } from "@/lib/identity/tokens/live-tokens";
import type { Tx } from "@/lib/platform/db/database";

/** Revokes every API token of an account that still works; returns their ids. Call it after the account was locked or changed. */
export async function endTokens(tx: Tx, userId: string, now: Date): Promise<string[]> {
  const where = liveTokens(userId, now);
  const rows = await tx.apiToken.findMany({ where, select: { id: true }, orderBy: { id: "asc" } });
  const ids = rows.map(({ id }) => id);
  await tx.apiToken.updateMany({ where: { id: { in: ids } }, data: { revokedAt: now } });
  return ids;
}
