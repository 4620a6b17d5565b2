import type { Identity } from "@/lib/identity/identity";
import { readSessionCookie } from "@/lib/identity/sessions/session-cookie";
import { openSession } from "@/lib/identity/sessions/session-token";

/**
 * The account that a session cookie was sealed for, without reading the database: the session can have ended since. It
 * affects only priority in queues, never permissions.
 */
export async function recognizeAccount(
  identity: Pick<Identity, "url" | "secret"> | undefined,
  cookieHeader: string | undefined,
): Promise<string | undefined> {
  if (identity === undefined) return undefined;
  const cookie = readSessionCookie(cookieHeader, identity.url);
  return cookie === undefined ? undefined : (await openSession(identity.secret, cookie))?.userId;
}
