/** Credentials for a person in this process, by the same core functions as when they sign in and create a token. */

import { type IdentityContext, withIdentity } from "@/lib/identity/identity";
import { createSession } from "@/lib/identity/sessions/create-session";
import { readSession } from "@/lib/identity/sessions/read-session";
import type { SessionCookie } from "@/lib/identity/sessions/session-cookie";
import { createToken } from "@/lib/identity/tokens/create-token";
import { ANONYMOUS, SCOPES } from "@/lib/journal/actor";
import { contextFor } from "@/lib/journal/context";

/** The cookie of a session that begins now. */
export async function sessionFor(userId: string): Promise<SessionCookie> {
  const ctx = anonymous();
  const { epoch } = await ctx.db.prisma.user.findUniqueOrThrow({ where: { id: userId } });
  return createSession(ctx, { userId, epoch, method: "password", userAgent: "Tests/1" });
}

/** Also for people who have not accepted their invitation yet. */
export async function tokenFor(userId: string, scopes: readonly string[]): Promise<string> {
  const ctx = anonymous();
  await ctx.db.prisma.user.update({ where: { id: userId }, data: { passwordHash: "never-matches" } });
  const session = await readSession(ctx, (await sessionFor(userId)).value);
  if (!session) throw new Error("a session that was just created is not valid");
  const wanted = SCOPES.filter((scope) => scopes.includes(scope));
  const { token } = await createToken(
    { ...ctx, actor: session.actor },
    { name: "Test token", scopes: wanted },
  );
  return token;
}

function anonymous(): IdentityContext {
  return withIdentity(contextFor(ANONYMOUS, undefined));
}
