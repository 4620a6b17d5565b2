import { signedInPerson } from "@/lib/identity/sessions/own-account";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { transact } from "@/lib/platform/db/transact";

/** Ends every session of the calling person but the one that asks; returns how many. */
export async function revokeOtherSessions(ctx: Context): Promise<number> {
  const { userId, sessionId } = signedInPerson(ctx);
  return transact(ctx.db, async (tx) => {
    const now = ctx.clock.now();
    const ended = await tx.session.updateMany({
      where: { userId, id: { not: sessionId }, revokedAt: null, expiresAt: { gt: now } },
      data: { revokedAt: now },
    });
    if (ended.count === 0) return 0;
    await appendAudit(tx, ctx, {
      action: "session.revokeOthers",
      subject: { kind: "user", id: userId },
      after: { ended: ended.count },
    });
    return ended.count;
  });
}
