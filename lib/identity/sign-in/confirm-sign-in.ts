import type { IdentityContext } from "@/lib/identity/identity";
import { lockUser } from "@/lib/identity/lock-user";
import { signInNeeded } from "@/lib/identity/permissions";
import { cookieOf, insertSession } from "@/lib/identity/sessions/create-session";
import type { UserActor } from "@/lib/identity/sessions/read-session";
import type { SessionCookie } from "@/lib/identity/sessions/session-cookie";
import { type ProvenPassword, provePassword } from "@/lib/identity/sign-in/prove-password";
import { appendAudit } from "@/lib/journal/audit";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";

export type ConfirmSignInInput = {
  password: string;
  ip: string;
  /** The name of the password field, for errors. */
  field: string;
};

/**
 * Signs the acting person in again, which sensitive operations require from time to time. The session is replaced, so
 * a copy of the old cookie does not become recent too: it stops working.
 */
export async function confirmSignIn(
  ctx: IdentityContext,
  input: ConfirmSignInInput,
): Promise<{ actor: UserActor; cookie: SessionCookie }> {
  const proven = await provePassword(ctx, input);
  const { session, actor } = await transact(ctx.db, async (tx) => {
    const userAgent = await endCurrentSession(tx, ctx, proven);
    const { row, actor } = await insertSession(tx, ctx, { ...proven, method: "password", userAgent });
    await appendAudit(
      tx,
      { ...ctx, actor },
      {
        action: "session.confirm",
        subject: { kind: "session", id: row.id },
        before: { sessionId: proven.sessionId },
        after: { method: row.signInMethod },
      },
    );
    return { session: row, actor };
  });
  return { actor, cookie: await cookieOf(session, ctx) };
}

/** Fails if the session was revoked meanwhile. Returns its user agent. */
async function endCurrentSession(
  tx: Tx,
  ctx: IdentityContext,
  { userId, sessionId }: ProvenPassword,
): Promise<string> {
  await lockUser(tx, userId);
  const session = await tx.session.findUnique({ where: { id: sessionId } });
  const ended = await tx.session.updateMany({
    where: { id: sessionId, userId, revokedAt: null },
    data: { revokedAt: ctx.clock.now() },
  });
  if (!session || ended.count === 0) throw signInNeeded();
  return session.userAgent;
}
