import type { IdentityServices } from "@/lib/identity/identity";
import { openSession } from "@/lib/identity/sessions/session-token";
import type { Actor } from "@/lib/journal/actor";
import { read } from "@/lib/platform/db/transact";
import type { Session, User } from "@/lib/platform/prisma/client";

export type UserActor = Extract<Actor, { kind: "user" }>;

export type CurrentSession = { actor: UserActor; email: string };

/** The actor of a session. */
export function userActor(user: User, session: Session): UserActor {
  const { id: userId, name, role } = user;
  const signIn = { method: session.signInMethod, at: session.authenticatedAt };
  return { kind: "user", userId, name, role, sessionId: session.id, signIn };
}

const TOUCH_AFTER_MS = 60_000;

/**
 * The current session of a cookie value, or undefined. The row, its expiry, the account's epoch and its
 * role are read every time, so an ended session stops working with the next call.
 */
export async function readSession(
  services: Pick<IdentityServices, "db" | "clock" | "identity">,
  cookieValue: string,
): Promise<CurrentSession | undefined> {
  const claims = await openSession(services.identity.secret, cookieValue);
  if (!claims) return undefined;
  const { prisma } = services.db;
  const now = services.clock.now();
  const row = await read(() =>
    prisma.session.findUnique({ where: { id: claims.sid }, include: { user: true } }),
  );
  if (!row || row.userId !== claims.userId || row.revokedAt !== null || row.expiresAt <= now)
    return undefined;
  const { user } = row;
  if (user.epoch !== claims.epoch || row.epoch !== claims.epoch || user.role === "suspended")
    return undefined;
  if (now.getTime() - row.lastSeenAt.getTime() > TOUCH_AFTER_MS) {
    await read(() => prisma.session.updateMany({ where: { id: row.id }, data: { lastSeenAt: now } }));
  }
  return {
    actor: userActor(user, row),
    email: user.email,
  };
}
