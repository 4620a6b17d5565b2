/**
 * The cookie that carries a notice over a redirect. Sealed with a key of its own that is derived from the session
 * secret, so a sibling subdomain, which can plant cookies here, cannot put text on our pages.
 */

import { decode, encode } from "next-auth/jwt";

/** Separates this key from others that are derived from the same secret. */
const SALT = "gantry-flash";
const LENGTH_MAX = 4_096;

/** Long enough for a redirect; without scripts nothing else takes the notice away. */
export const FLASH_LIFE_SECONDS = 10;

/** Browsers let only this very host set a `__Host-` cookie, and only over https. */
export function flashCookieName(url: string): string {
  return url.startsWith("https://") ? "__Host-gantry-flash" : "gantry-flash";
}

export function sealFlash(secret: string, message: object): Promise<string> {
  return encode({ token: { message }, secret, maxAge: FLASH_LIFE_SECONDS, salt: SALT });
}

/** The sealed message, for the caller to parse; undefined unless this instance sealed it recently. */
export async function openFlash(secret: string, value: string): Promise<unknown> {
  if (value === "" || value.length > LENGTH_MAX) return undefined;
  const payload = await decode({ token: value, secret, salt: SALT }).catch(() => undefined);
  return payload?.message;
}
