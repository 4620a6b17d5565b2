import { descendantsOf } from "@/lib/identity/tokens/token-family";
import { SCOPES, type Scope } from "@/lib/journal/actor";
import type { ApiToken } from "@/lib/platform/prisma/client";

/** An API token as its owner sees it after creation. */
export type TokenView = {
  id: string;
  name: string;
  /** Its first characters. */
  hint: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | undefined;
  lastUsedAt: Date | undefined;
  /** The token that created it; undefined when its owner did, signed in. */
  parentId: string | undefined;
  /** How many tokens are revoked with it, because it created them or their parents. */
  descendants: number;
};

/** `family`: the owner's tokens that were not revoked. */
export function tokenView(row: ApiToken, family: readonly ApiToken[]): TokenView {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: knownScopes(row.scopes),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt ?? undefined,
    lastUsedAt: row.lastUsedAt ?? undefined,
    parentId: row.parentId ?? undefined,
    descendants: descendantsOf(row.id, family).length,
  };
}

/** Scopes that a later release removed grant nothing. */
export function knownScopes(stored: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => stored.includes(scope));
}
