import { lockUser } from "@/lib/identity/lock-user";
import { authorize, may } from "@/lib/identity/permissions";
import { noSuch } from "@/lib/identity/row-id";
import { descendantsOf } from "@/lib/identity/tokens/token-family";
import { actorUserId } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { isRowId } from "@/lib/platform/db/row-id";
import { transact } from "@/lib/platform/db/transact";

/**
 * Revokes a token and the tokens that it created. Owners revoke their own, admins any. Repeating it changes
 * nothing. Returns how many ended with it.
 */
export async function revokeToken(ctx: Context, input: { id: string }): Promise<{ descendants: number }> {
  authorize(ctx.actor, "token.manage");
  if (!isRowId(input.id)) throw noSuch("API token");
  return transact(ctx.db, async (tx) => {
    const row = await tx.apiToken.findUnique({ where: { id: input.id } });
    const visible = row?.userId === actorUserId(ctx.actor) || may(ctx.actor, "user.manage");
    if (!row || !visible) throw noSuch("API token");
    await lockUser(tx, row.userId);
    const working = await tx.apiToken.findMany({ where: { userId: row.userId, revokedAt: null } });
    if (!working.some(({ id }) => id === row.id)) return { descendants: 0 };
    const descendants = descendantsOf(row.id, working).map(({ id }) => id);
    await tx.apiToken.updateMany({
      where: { id: { in: [row.id, ...descendants] } },
      data: { revokedAt: ctx.clock.now() },
    });
    await appendAudit(tx, ctx, {
      action: "token.revoke",
      subject: { kind: "token", id: row.id },
      before: { name: row.name, hint: row.hint, userId: row.userId },
      after: { endedTokens: descendants },
    });
    return { descendants: descendants.length };
  });
}
