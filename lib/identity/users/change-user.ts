import { lockUser } from "@/lib/identity/lock-user";
import { authorize } from "@/lib/identity/permissions";
import { parseName } from "@/lib/identity/person-name";
import { noSuch } from "@/lib/identity/row-id";
import { requireRecentAuthentication } from "@/lib/identity/sessions/require-recent-authentication";
import { endTokens } from "@/lib/identity/tokens/end-tokens";
import { lockAdmins, requireAnotherAdmin } from "@/lib/identity/users/admins";
import { voidInvitations } from "@/lib/identity/users/invitation";
import { type UserView, userView } from "@/lib/identity/users/user-view";
import type { Role } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { isRowId } from "@/lib/platform/db/row-id";
import { transact } from "@/lib/platform/db/transact";

export type ChangeUserInput = { id: string; name?: string | undefined; role?: Role | undefined };

/**
 * A change of role ends every session and API token of the account; `suspended` also voids its invitations. Making or
 * unmaking an admin requires a recent sign-in.
 */
export async function changeUser(ctx: Context, input: ChangeUserInput): Promise<UserView> {
  authorize(ctx.actor, "user.manage");
  if (!isRowId(input.id)) throw noSuch("user");
  const newName = input.name === undefined ? undefined : parseName(input.name);
  return transact(ctx.db, async (tx) => {
    await lockAdmins(tx);
    const before = await lockUser(tx, input.id);
    if (!before) throw noSuch("user");
    const name = newName ?? before.name;
    const role = input.role ?? before.role;
    const roleChanges = role !== before.role;
    if (!roleChanges && name === before.name) return userView(before);
    const concernsAdmins = roleChanges && (role === "admin" || before.role === "admin");
    const authentication = concernsAdmins ? requireRecentAuthentication(ctx) : undefined;
    if (before.role === "admin" && roleChanges) await requireAnotherAdmin(tx, before.id);
    if (role === "suspended") await voidInvitations(tx, before.id, ctx.clock.now());
    const after = await tx.user.update({
      where: { id: before.id },
      data: { name, role, ...(roleChanges ? { epoch: { increment: 1 } } : {}) },
    });
    const ended = roleChanges ? { endedTokens: await endTokens(tx, before.id, ctx.clock.now()) } : {};
    await appendAudit(tx, ctx, {
      action: "user.change",
      subject: { kind: "user", id: before.id },
      before: { name: before.name, role: before.role },
      after: { name: after.name, role: after.role, ...ended, authentication },
    });
    return userView(after);
  });
}
