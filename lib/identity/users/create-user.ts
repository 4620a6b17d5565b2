import { parseEmail } from "@/lib/identity/email";
import type { IdentityContext } from "@/lib/identity/identity";
import { authorize } from "@/lib/identity/permissions";
import { parseName } from "@/lib/identity/person-name";
import { requireRecentAuthentication } from "@/lib/identity/sessions/require-recent-authentication";
import { type InvitationLink, issueInvitation } from "@/lib/identity/users/invitation";
import type { Role } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import { isUniqueViolation, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

export type CreateUserInput = { email: string; name: string; role: Exclude<Role, "suspended"> };

/** An account without a password, and the link with which its owner chooses one. An admin's requires a recent sign-in. */
export async function createUser(
  ctx: IdentityContext,
  input: CreateUserInput,
): Promise<InvitationLink & { id: string }> {
  authorize(ctx.actor, "user.manage");
  const authentication = input.role === "admin" ? requireRecentAuthentication(ctx) : undefined;
  const email = parseEmail(input.email);
  const name = parseName(input.name);
  try {
    return await transact(ctx.db, async (tx) => {
      const user = await tx.user.create({ data: { email, name, role: input.role } });
      const invitation = await issueInvitation(tx, ctx, user.id);
      await appendAudit(tx, ctx, {
        action: "user.create",
        subject: { kind: "user", id: user.id },
        after: { email, name, role: user.role, authentication },
      });
      return { id: user.id, ...invitation };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError("already_exists", "An account with this email address already exists.", {
      suggestion: "Use that account, or send its owner a new invitation.",
      details: { field: "email" },
      cause: error,
    });
  }
}
