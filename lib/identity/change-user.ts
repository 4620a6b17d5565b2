import { lockAdmins, requireAnotherAdmin } from "@/lib/identity/admins";
import { voidInvitations } from "@/lib/identity/invitation";
import { authorise } from "@/lib/identity/permissions";
import { parseName } from "@/lib/identity/person-name";
import { isRowId, noSuch } from "@/lib/identity/row-id";
import { type UserView, userView } from "@/lib/identity/user-view";
import type { Role } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { transact } from "@/lib/platform/db/transact";

export type ChangeUserInput = { id: string; name?: string | undefined; role?: Role | undefined };

/** A change of role ends every session of the account; `suspended` also stops its API tokens and invitations. */
export async function changeUser(ctx: Context, input: ChangeUserInput): Promise<UserView> {
  authorise(ctx.actor, "user.manage");
  if (!isRowId(input.id)) throw noSuch("user");
  const newName = input.name === undefined ? undefined : parseName(input.name);
  return transact(ctx.db, async (tx) => {
    await lockAdmins(tx);
    const before = await tx.user.findUnique({ where: { id: input.id } });
    if (!before) throw noSuch("user");
    const name = newName ?? before.name;
    const role = input.role ?? before.role;
    const roleChanges = role !== before.role;
    if (!roleChanges && name === before.name) return userView(before);
    if (before.role === "admin" && roleChanges) await requireAnotherAdmin(tx, before.id);
    if (role === "suspended") await voidInvitations(tx, before.id, ctx.clock.now());
    const after = await tx.user.update({
      where: { id: before.id },
      data: { name, role, ...(roleChanges ? { epoch: { increment: 1 } } : {}) },
    });
    await appendAudit(tx, ctx, {
      action: "user.change",
      subject: { kind: "user", id: before.id },
      before: { name: before.name, role: before.role },
      after: { name: after.name, role: after.role },
    });
    return userView(after);
  });
}
