/**
 * A cookie that says: this browser has signed in to this account before. It opens nothing; its tries are only counted by
 * themselves, so that guessers cannot keep the account's owner from signing in.
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

/** For a browser that has just signed in. It is worth nothing any more once the account's password or role changes. */
export async function deviceCookie(
  { url, secret }: Pick<Identity, "url" | "secret">,
  { userId, epoch }: SignedIn,
  now: Date,
): Promise<SessionCookie> {
  const token = { userId, epoch, device: randomUUID() };
  const value = await encode({ token, secret, maxAge: LIFE_SECONDS, salt: SALT });
  return cookieOf(deviceCookieName(url), url, value, new Date(now.getTime() + LIFE_SECONDS * 1000));
}

/** What a device's cookie says, when it was made here and has not expired. */
export async function readDeviceCookie(
  { secret }: Pick<Identity, "secret">,
  cookie: string | undefined,
): Promise<DeviceClaims | undefined> {
  if (!cookie || cookie.length > LENGTH_MAX) return undefined;
  const payload = await decode({ token: cookie, secret, salt: SALT }).catch(() => undefined);
  return claimsSchema.safeParse(payload).data;
}

/** The device when it belongs to this very account, as that is now. */
export function deviceOf(
  claims: DeviceClaims | undefined,
  account: { id: string; epoch: number } | null,
): string | undefined {
  return claims?.userId === account?.id && claims?.epoch === account?.epoch ? claims?.device : undefined;
}
