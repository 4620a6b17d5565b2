/**
 * A cookie for browsers that have signed in to this account before. It grants no access. Its attempts have a rate limit of
 * their own, so that brute-force attacks cannot lock out the owner of the account.
 */

import { randomUUID } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import type { Identity } from "@/lib/identity/identity";
import { cookieOf, isHttps, type SessionCookie } from "@/lib/identity/sessions/session-cookie";
import type { SignedIn } from "@/lib/identity/sessions/signed-in";

/** Separates this key from others that are derived from the same secret. */
const SALT = "gantry-device";
const LIFE_SECONDS = 180 * 24 * 60 * 60;
const LENGTH_MAX = 4_096;

const claimsSchema = z.object({ userId: z.uuid(), epoch: z.number().int(), device: z.uuid() });

export type DeviceClaims = z.infer<typeof claimsSchema>;

export function deviceCookieName(url: string): string {
  return isHttps(url) ? "__Host-gantry-device" : "gantry-device";
}

/** For a browser that has just signed in. It becomes invalid when the account's password or role changes. */
export async function deviceCookie(
  { url, secret }: Pick<Identity, "url" | "secret">,
  { userId, epoch }: SignedIn,
  now: Date,
): Promise<SessionCookie> {
  const token = { userId, epoch, device: randomUUID() };
  const value = await encode({ token, secret, maxAge: LIFE_SECONDS, salt: SALT });
  return cookieOf(deviceCookieName(url), url, value, new Date(now.getTime() + LIFE_SECONDS * 1000));
}

/** The claims of a device cookie, if this instance sealed it and it has not expired. */
export async function readDeviceCookie(
  { secret }: Pick<Identity, "secret">,
  cookie: string | undefined,
): Promise<DeviceClaims | undefined> {
  if (!cookie || cookie.length > LENGTH_MAX) return undefined;
  const payload = await decode({ token: cookie, secret, salt: SALT }).catch(() => undefined);
  return claimsSchema.safeParse(payload).data;
}

/** The device, if it belongs to this account in its current state. */
export function deviceOf(
  claims: DeviceClaims | undefined,
  account: { id: string; epoch: number } | null,
): string | undefined {
  return claims?.userId === account?.id && claims?.epoch === account?.epoch ? claims?.device : undefined;
}
