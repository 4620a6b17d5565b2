import { hashApiToken, parseApiToken } from "@/lib/identity/tokens/api-token";
import { knownScopes } from "@/lib/identity/tokens/token-view";
import type { Actor } from "@/lib/journal/actor";
import type { Services } from "@/lib/journal/context";
import { read } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

export type TokenActor = Extract<Actor, { kind: "token" }>;

const TOUCH_AFTER_MS = 60_000;

/** The user and scopes behind an API token; `token_invalid` for any that is mistyped, unknown, expired, revoked, or of a suspended user. */
export async function authenticateToken(
  services: Pick<Services, "db" | "clock">,
  text: string,
): Promise<TokenActor> {
  const token = parseApiToken(text);
  if (!token) throw tokenInvalid("is malformed: characters are missing or wrong");
  const { prisma } = services.db;
  const now = services.clock.now();
  const row = await read(() =>
    prisma.apiToken.findUnique({ where: { tokenHash: hashApiToken(token) }, include: { user: true } }),
  );
  if (!row) throw tokenInvalid("is unknown here");
  if (row.revokedAt !== null) throw tokenRevoked();
  if (row.expiresAt !== null && row.expiresAt <= now)
    throw tokenInvalid(`expired at ${row.expiresAt.toISOString()}`);
  if (row.user.role === "suspended") throw tokenInvalid("belongs to a suspended account");
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() >= TOUCH_AFTER_MS) {
    await read(() => prisma.apiToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } }));
  }
  const { id: userId, name, role } = row.user;
  return { kind: "token", userId, name, role, tokenId: row.id, scopes: knownScopes(row.scopes) };
}

export function tokenRevoked(): AppError {
  return tokenInvalid("was revoked, or its owner's password or role changed");
}

export function tokenInvalid(why: string): AppError {
  return new AppError("token_invalid", `The API token ${why}.`, {
    suggestion: "Create a new API token on your account page.",
    apiHint: "Send a valid API token as `Authorization: Bearer gtry_…`, or create a new one.",
  });
}
