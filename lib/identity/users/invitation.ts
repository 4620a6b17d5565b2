/** One-time links that let a person choose a password: for a new account, or when the old password is lost. */

import type { IdentityContext } from "@/lib/identity/identity";
import { randomText, sha256Hex } from "@/lib/platform/crypto";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";

const TOKEN_BYTES = 32;
const LIFE_MS = 7 * 24 * 60 * 60 * 1000;

export type InvitationLink = { inviteUrl: string; expiresAt: Date };

/** A new link for `userId`; earlier ones stop working. */
export async function issueInvitation(tx: Tx, ctx: IdentityContext, userId: string): Promise<InvitationLink> {
  const now = ctx.clock.now();
  await voidInvitations(tx, userId, now);
  const token = randomText(TOKEN_BYTES);
  const expiresAt = new Date(now.getTime() + LIFE_MS);
  await tx.invitation.create({ data: { userId, tokenHash: sha256Hex(token), createdAt: now, expiresAt } });
  return { inviteUrl: `${ctx.identity.url}/invite/${token}`, expiresAt };
}

export async function voidInvitations(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.invitation.updateMany({ where: { userId, usedAt: null }, data: { usedAt: now } });
}

/** The same text whether a link never existed, was used, or has expired. */
export function invitationInvalid(): AppError {
  return new AppError("invitation_invalid", "This invitation was used, has expired, or never existed.", {
    suggestion: "Sign in if you have a password already, or ask an admin for a new invitation.",
  });
}
