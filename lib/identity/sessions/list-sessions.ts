import { signedInPerson } from "@/lib/identity/sessions/own-account";
import { type SessionView, sessionView } from "@/lib/identity/sessions/session-view";
import type { Context } from "@/lib/journal/context";
import { read } from "@/lib/platform/db/transact";

/** The calling person's sessions that still work, the one used last first. */
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
