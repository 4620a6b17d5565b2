import { authorize } from "@/lib/identity/permissions";
import { type TokenView, tokenView } from "@/lib/identity/tokens/token-view";
import { actorUserId } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { read } from "@/lib/platform/db/transact";

/** The calling user's tokens that were not revoked, newest first. */
export async function listTokens(ctx: Context): Promise<TokenView[]> {
  authorize(ctx.actor, "token.manage");
  const userId = actorUserId(ctx.actor);
  if (userId === undefined) return [];
  const rows = await read(() =>
    ctx.db.prisma.apiToken.findMany({ where: { userId, revokedAt: null }, orderBy: { id: "desc" } }),
  );
  return rows.map((row) => tokenView(row, rows));
}
