import { credentialsInvalid } from "@/lib/identity/authenticate";
import type { IdentityContext } from "@/lib/identity/identity";
import { lockAccount } from "@/lib/identity/lock-account";
import { type SessionCookie, sessionCookie } from "@/lib/identity/session-cookie";
import { sealSession } from "@/lib/identity/session-token";
import type { SignedIn } from "@/lib/identity/signed-in";
import { appendAudit } from "@/lib/journal/audit";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";

const SESSION_LIFE_SECONDS = 14 * 24 * 60 * 60;
const USER_AGENT_LENGTH_MAX = 300;
/** With one more the session that was used longest ago ends: a person with that many browsers has forgotten it. */
const SESSIONS_MAX = 50;

export type CreateSessionInput = SignedIn & { userAgent: string };

/** Signs somebody in who has just proved an account to be theirs; refused when it changed in between. */
export async function createSession(ctx: IdentityContext, input: CreateSessionInput): Promise<SessionCookie> {
  const { userId, epoch } = input;
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + SESSION_LIFE_SECONDS * 1000);
  const sessionId = await transact(ctx.db, async (tx) => {
    await lockAccount(tx, userId);
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user || user.epoch !== epoch || user.role === "suspended") throw credentialsInvalid();
    await tx.session.deleteMany({ where: { userId, expiresAt: { lt: now } } });
    const ended = await endOldest(tx, userId, now);
    const userAgent = input.userAgent.slice(0, USER_AGENT_LENGTH_MAX);
    const session = await tx.session.create({
      data: { userId, epoch, userAgent, createdAt: now, lastSeenAt: now, expiresAt },
    });
    const actor = { kind: "user", userId, name: user.name, role: user.role, sessionId: session.id } as const;
    await appendAudit(
      tx,
      { ...ctx, actor },
      {
        action: "session.create",
        subject: { kind: "session", id: session.id },
        ...(ended.length === 0 ? {} : { after: { ended } }),
      },
    );
    return session.id;
  });
  const value = await sealSession(
    ctx.identity.secret,
    { userId, sid: sessionId, epoch },
    SESSION_LIFE_SECONDS,
  );
  return sessionCookie(ctx.identity.url, value, expiresAt);
}

/** Makes room for one more. Ended ones are deleted, so that their number is bounded, too; the audit log keeps their ids. */
async function endOldest(tx: Tx, userId: string, now: Date): Promise<string[]> {
  await tx.session.deleteMany({ where: { userId, revokedAt: { lt: now } } });
  const beyond = await tx.session.findMany({
    where: { userId },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    skip: SESSIONS_MAX - 1,
    select: { id: true },
  });
  const ids = beyond.map(({ id }) => id);
  if (ids.length > 0) await tx.session.deleteMany({ where: { id: { in: ids } } });
  return ids;
}
