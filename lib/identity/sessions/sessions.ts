/** The sessions of one person: list, sign out, revoke. */

import { noSuch } from "@/lib/identity/row-id";
import { signedInPerson } from "@/lib/identity/sessions/own-account";
import { type SessionView, sessionView } from "@/lib/identity/sessions/session-view";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { isRowId } from "@/lib/platform/db/row-id";
import { read, transact } from "@/lib/platform/db/transact";

/** The valid sessions of the calling person, most recently used first. */
export async function listSessions(ctx: Context): Promise<SessionView[]> {
  const { userId, sessionId } = signedInPerson(ctx);
  const now = ctx.clock.now();
  return read(async () => {
    const user = await ctx.db.prisma.user.findUnique({ where: { id: userId }, select: { epoch: true } });
    if (!user) return [];
    const rows = await ctx.db.prisma.session.findMany({
      where: { userId, epoch: user.epoch, revokedAt: null, expiresAt: { gt: now } },
      orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    });
    return rows.map((row) => sessionView(row, sessionId));
  });
}

/** Signs the acting user out. The cookie stops working, copies of it included. */
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

/** Ends one of the calling person's own sessions. Repeating it changes nothing. */
export async function revokeSession(ctx: Context, input: { id: string }): Promise<void> {
  const { userId } = signedInPerson(ctx);
  if (!isRowId(input.id)) throw noSuch("session");
  await transact(ctx.db, async (tx) => {
    const row = await tx.session.findFirst({ where: { id: input.id, userId } });
    if (!row) throw noSuch("session");
    const ended = await tx.session.updateMany({
      where: { id: row.id, revokedAt: null },
      data: { revokedAt: ctx.clock.now() },
    });
    if (ended.count === 0) return;
    await appendAudit(tx, ctx, { action: "session.revoke", subject: { kind: "session", id: row.id } });
  });
}

/** Ends every session of the calling person except the current one; returns how many. */
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
