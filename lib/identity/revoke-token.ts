import { authorise, may } from "@/lib/identity/permissions";
import { isRowId, noSuch } from "@/lib/identity/row-id";
import { actorUserId } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { transact } from "@/lib/platform/db/transact";

/** Ends a token at once. One's own; admins end anybody's. Repeating it changes nothing. */
export async function revokeToken(ctx: Context, input: { id: string }): Promise<void> {
  authorise(ctx.actor, "token.manage");
  if (!isRowId(input.id)) throw noSuch("API token");
  await transact(ctx.db, async (tx) => {
    const row = await tx.apiToken.findUnique({ where: { id: input.id } });
    const visible = row?.userId === actorUserId(ctx.actor) || may(ctx.actor, "user.manage");
    if (!row || !visible) throw noSuch("API token");
    const revoked = await tx.apiToken.updateMany({
      where: { id: row.id, revokedAt: null },
      data: { revokedAt: ctx.clock.now() },
    });
    if (revoked.count === 0) return;
    await appendAudit(tx, ctx, {
      action: "token.revoke",
      subject: { kind: "token", id: row.id },
      before: { name: row.name, hint: row.hint, userId: row.userId },
    });
  });
}
