import { noSuch } from "@/lib/identity/row-id";
import { signedInPerson } from "@/lib/identity/sessions/own-account";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { isRowId } from "@/lib/platform/db/row-id";
import { transact } from "@/lib/platform/db/transact";

/** Ends one of the calling person's own sessions. Repeating it changes nothing. */
export async function revokeSession(ctx: Context, input: { id: string }): Promise<void> {
  const { userId } = signedInPerson(ctx);
  if (!isRowId(input.id)) throw noSuch("session");
  await transact(ctx.db, async (tx) => {
    const row = await tx.session.findFirst({ where: { id: input.id, userId } });
    if (!row) throw noSuch("session");
    const ended = await tx.session.updateMany({
      where: { id: row.id, revokedAt: null },
      data: { revokedAt: ctx.clock.now() },
    });
    if (ended.count === 0) return;
    await appendAudit(tx, ctx, { action: "session.revoke", subject: { kind: "session", id: row.id } });
  });
}
