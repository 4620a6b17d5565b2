import type { IdentityContext } from "@/lib/identity/identity";
import { lockUser } from "@/lib/identity/lock-user";
import { authorize } from "@/lib/identity/permissions";
import { noSuch } from "@/lib/identity/row-id";
import { requireRecentAuthentication } from "@/lib/identity/sessions/require-recent-authentication";
import { type InvitationLink, issueInvitation } from "@/lib/identity/users/invitation";
import { appendAudit } from "@/lib/journal/audit";
import { isRowId } from "@/lib/platform/db/row-id";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

/**
 * A new one-time link for an account: the last one expired, or its owner lost the password. Nothing ends until it is
 * used. The link grants access to the account, so one for an account with a password, or for an admin, requires a
 * recent sign-in.
 */
export async function inviteUser(
  ctx: IdentityContext,
  input: { id: string },
): Promise<InvitationLink & { id: string }> {
  authorize(ctx.actor, "user.manage");
  if (!isRowId(input.id)) throw noSuch("user");
  return transact(ctx.db, async (tx) => {
    const user = await lockUser(tx, input.id);
    if (!user) throw noSuch("user");
    if (user.role === "suspended") {
      throw new AppError("illegal_state", "This account is suspended, so it cannot be invited.", {
        suggestion: "Lift the suspension first.",
      });
    }
    const resetsPassword = user.passwordHash !== null;
    const authentication =
      resetsPassword || user.role === "admin" ? requireRecentAuthentication(ctx) : undefined;
    const invitation = await issueInvitation(tx, ctx, user.id);
    await appendAudit(tx, ctx, {
      action: "user.invite",
      subject: { kind: "user", id: user.id },
      after: { resetsPassword, authentication },
    });
    return { id: user.id, ...invitation };
  });
}
