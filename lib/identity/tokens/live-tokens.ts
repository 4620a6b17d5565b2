import type { Prisma } from "@/lib/platform/prisma/client";

/** The API tokens of an account that work: neither revoked nor expired. */
export function liveTokens(userId: string, now: Date): Prisma.ApiTokenWhereInput {
  return { userId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
}
