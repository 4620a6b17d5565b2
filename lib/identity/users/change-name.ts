import { parseName } from "@/lib/identity/person-name";
import { noSuch } from "@/lib/identity/row-id";
import { signedInPerson } from "@/lib/identity/sessions/own-account";
import { type UserView, userView } from "@/lib/identity/users/user-view";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { transact } from "@/lib/platform/db/transact";

/** Changes the name of the calling person. Existing records keep the old name. */
export async function changeName(ctx: Context, input: { name: string }): Promise<UserView> {
  const { userId } = signedInPerson(ctx);
  const name = parseName(input.name);
  return transact(ctx.db, async (tx) => {
    const before = await tx.user.findUnique({ where: { id: userId } });
    if (!before) throw noSuch("user");
    if (before.name === name) return userView(before);
    const after = await tx.user.update({ where: { id: userId }, data: { name } });
    await appendAudit(tx, ctx, {
      action: "user.changeName",
      subject: { kind: "user", id: userId },
      before: { name: before.name },
      after: { name },
    });
    return userView(after);
  });
}
