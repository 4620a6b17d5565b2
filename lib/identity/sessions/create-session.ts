import type { IdentityContext } from "@/lib/identity/identity";
import { lockUser } from "@/lib/identity/lock-user";
import { type UserActor, userActor } from "@/lib/identity/sessions/read-session";
import { type SessionCookie, sessionCookie } from "@/lib/identity/sessions/session-cookie";
import { sealSession } from "@/lib/identity/sessions/session-token";
import type { SignedIn } from "@/lib/identity/sessions/signed-in";
import { credentialsInvalid } from "@/lib/identity/sessions/signed-in";
import { appendAudit } from "@/lib/journal/audit";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import type { Session } from "@/lib/platform/prisma/client";

const SESSION_LIFE_SECONDS = 14 * 24 * 60 * 60;
const USER_AGENT_LENGTH_MAX = 300;
/** One more session ends the least recently used one. */
const SESSIONS_MAX = 50;

export type CreateSessionInput = SignedIn & { userAgent: string };

/** Creates a session for a person who has just proved ownership of the account; rejected if the account has changed since. */
export async function createSession(ctx: IdentityContext, input: CreateSessionInput): Promise<SessionCookie> {
  const session = await transact(ctx.db, async (tx) => {
    const { row, actor, ended } = await insertSession(tx, ctx, input);
    await appendAudit(
      tx,
      { ...ctx, actor },
      {
        action: "session.create",
        subject: { kind: "session", id: row.id },
        after: { method: row.signInMethod, ...(ended.length === 0 ? {} : { ended }) },
      },
    );
    return row;
  });
  return cookieOf(session, ctx);
}

/** The row of a new session, its actor, and the ids of the sessions that it replaced. */
export async function insertSession(
  tx: Tx,
  ctx: IdentityContext,
  input: CreateSessionInput,
): Promise<{ row: Session; actor: UserActor; ended: string[] }> {
  const { userId, epoch, method } = input;
  const now = ctx.clock.now();
  const user = await lockUser(tx, userId);
  if (!user || user.epoch !== epoch || user.role === "suspended") throw credentialsInvalid();
  await tx.session.deleteMany({ where: { userId, expiresAt: { lt: now } } });
  const ended = await endOldest(tx, userId, now);
  const row = await tx.session.create({
    data: {
      userId,
      epoch,
      userAgent: input.userAgent.slice(0, USER_AGENT_LENGTH_MAX),
      authenticatedAt: now,
      signInMethod: method,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_LIFE_SECONDS * 1000),
    },
  });
  return { row, actor: userActor(user, row), ended };
}

export async function cookieOf(session: Session, { identity }: IdentityContext): Promise<SessionCookie> {
  const { id: sid, userId, epoch, expiresAt } = session;
  const value = await sealSession(identity.secret, { userId, sid, epoch }, SESSION_LIFE_SECONDS);
  return sessionCookie(identity.url, value, expiresAt);
}

/** Makes room for one more session. Ended rows are deleted to bound their number; the audit log keeps their ids. */
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
