import type { IdentityServices } from "@/lib/identity/identity";
import { invitationInvalid } from "@/lib/identity/users/invitation";
import { sha256Hex } from "@/lib/platform/crypto";
import { read } from "@/lib/platform/db/transact";
import type { User } from "@/lib/platform/prisma/client";

export type OpenInvitation = {
  id: string;
  user: User;
  expiresAt: Date;
};

/** The invitation behind a link while it can still be used; else `invitation_invalid`. Wrong links are rate-limited by `ip`. */
export async function readInvitation(
  services: Pick<IdentityServices, "db" | "clock" | "identity">,
  input: { token: string; ip: string },
): Promise<OpenInvitation> {
  await services.identity.rateLimits.refuseGuessedLinks(input.ip);
  const row = await read(() =>
    services.db.prisma.invitation.findUnique({
      where: { tokenHash: sha256Hex(input.token) },
      include: { user: true },
    }),
  );
  if (!row) {
    await services.identity.rateLimits.consumeWrongLink(input.ip);
    throw invitationInvalid();
  }
  const open = row.usedAt === null && row.expiresAt > services.clock.now() && row.user.role !== "suspended";
  if (!open) throw invitationInvalid();
  return { id: row.id, user: row.user, expiresAt: row.expiresAt };
}
