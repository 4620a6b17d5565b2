import { SCOPES, type Scope } from "@/lib/journal/actor";
import type { ApiToken } from "@/lib/platform/prisma/client";

/** What may be told about an API token after it was shown. */
export type TokenView = {
  id: string;
  name: string;
  /** Its first characters. */
  hint: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | undefined;
  lastUsedAt: Date | undefined;
};

export function tokenView(row: ApiToken): TokenView {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: knownScopes(row.scopes),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt ?? undefined,
    lastUsedAt: row.lastUsedAt ?? undefined,
  };
}

/** A scope that a later release dropped gives nothing. */
export function knownScopes(stored: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => stored.includes(scope));
}
