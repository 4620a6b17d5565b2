import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { transact } from "@/lib/platform/db/transact";

/** Signs the acting user out; the cookie is worthless from then on, also where it was copied to. */
export async function endSession(ctx: Context): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "user") return;
  await transact(ctx.db, async (tx) => {
    const ended = await tx.session.updateMany({
      where: { id: actor.sessionId, userId: actor.userId, revokedAt: null },
      data: { revokedAt: ctx.clock.now() },
    });
    if (ended.count === 0) return;
    await appendAudit(tx, ctx, { action: "session.end", subject: { kind: "session", id: actor.sessionId } });
  });
}
