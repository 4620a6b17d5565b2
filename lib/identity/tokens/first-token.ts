/** The API token that setup and accepted invitations return in the API, so that programs need no browser. */

import { makeApiToken } from "@/lib/identity/tokens/api-token";
import { refusePast } from "@/lib/identity/tokens/token-expiry";
import type { Scope } from "@/lib/journal/actor";
import type { Tx } from "@/lib/platform/db/database";

const LIFE_MS = 24 * 60 * 60 * 1000;

export type FirstToken = { id: string /** Shown this once. */; token: string; expiresAt: Date | null };

/** A day from now unless the caller chose; null = never. Throws `invalid_input` for a time in the past. */
export function firstTokenExpiry(now: Date, chosen: Date | null | undefined): Date | null {
  if (chosen === undefined) return new Date(now.getTime() + LIFE_MS);
  if (chosen !== null) refusePast(chosen, now, "tokenExpiresAt");
  return chosen;
}

export async function createFirstToken(
  tx: Tx,
  input: { userId: string; name: string; scopes: readonly Scope[]; expiresAt: Date | null },
): Promise<FirstToken> {
  const { token, tokenHash, hint } = makeApiToken();
  const row = await tx.apiToken.create({ data: { ...input, scopes: [...input.scopes], tokenHash, hint } });
  return { id: row.id, token, expiresAt: row.expiresAt };
}
