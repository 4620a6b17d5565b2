/** The content of the session cookie: encrypted and authenticated by next-auth's own format. */

import { decode, encode } from "next-auth/jwt";
import { z } from "zod";

const claimsSchema = z.object({ userId: z.uuid(), sid: z.uuid(), epoch: z.number().int() });

export type SessionClaims = z.infer<typeof claimsSchema>;

/** Separates this key from others that are derived from the same secret. */
const SALT = "gantry-session";
const LENGTH_MAX = 4_096;

export function sealSession(secret: string, claims: SessionClaims, maxAgeSeconds: number): Promise<string> {
  return encode({ token: claims, secret, maxAge: maxAgeSeconds, salt: SALT });
}

/** Undefined unless this instance sealed the value, and recently enough. */
export async function openSession(secret: string, value: string): Promise<SessionClaims | undefined> {
  if (value === "" || value.length > LENGTH_MAX) return undefined;
  const payload = await decode({ token: value, secret, salt: SALT }).catch(() => undefined);
  return claimsSchema.safeParse(payload).data;
}
