import { credentialsInvalid } from "@/lib/identity/authenticate";
import type { IdentityContext } from "@/lib/identity/identity";
import { type UserActor, userActor } from "@/lib/identity/read-session";
import { type SessionCookie, sessionCookie } from "@/lib/identity/session-cookie";
import { sealSession } from "@/lib/identity/session-token";
import type { SignedIn } from "@/lib/identity/signed-in";
import { appendAudit } from "@/lib/journal/audit";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import type { Session } from "@/lib/platform/prisma/client";

const SESSION_LIFE_SECONDS = 14 * 24 * 60 * 60;
const USER_AGENT_LENGTH_MAX = 300;

export type CreateSessionInput = SignedIn & { userAgent: string };

/** Signs somebody in who has just proved an account to be theirs; refused when it changed in between. */
export async function createSession(ctx: IdentityContext, input: CreateSessionInput): Promise<SessionCookie> {
  const session = await transact(ctx.db, async (tx) => {
    const { row, actor } = await insertSession(tx, ctx, input);
    await appendAudit(
      tx,
      { ...ctx, actor },
      {
        action: "session.create",
        subject: { kind: "session", id: row.id },
        after: { method: row.signInMethod },
      },
    );
    return row;
  });
  return cookieOf(session, ctx);
}

/** The row of a new session, with the actor that it stands for. */
export async function insertSession(
  tx: Tx,
  ctx: IdentityContext,
  input: CreateSessionInput,
): Promise<{ row: Session; actor: UserActor }> {
  const { userId, epoch, method } = input;
  const now = ctx.clock.now();
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (!user || user.epoch !== epoch || user.role === "suspended") throw credentialsInvalid();
  await tx.session.deleteMany({ where: { userId, expiresAt: { lt: now } } });
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
  return { row, actor: userActor(user, row) };
}

export async function cookieOf(session: Session, { identity }: IdentityContext): Promise<SessionCookie> {
  const { id: sid, userId, epoch, expiresAt } = session;
  const value = await sealSession(identity.secret, { userId, sid, epoch }, SESSION_LIFE_SECONDS);
  return sessionCookie(identity.url, value, expiresAt);
}
