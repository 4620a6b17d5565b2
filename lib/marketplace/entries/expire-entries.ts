import { nextEntryState } from "@/lib/extension/states/entry";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { publishChange } from "@/lib/marketplace/publishing/catalog-change";
import { lockExtension, nameOf } from "@/lib/marketplace/rows/extension-row";
import { transact } from "@/lib/platform/db/transact";

/**
 * Records expiries: an entry is out of force from its expiry on, whether or not this has run. Returns how many entries
 * it changed.
 */
export async function expireEntries(ctx: Context): Promise<number> {
  const due = await ctx.db.prisma.entry.findMany({
    where: { state: "active", expiresAt: { lte: ctx.clock.now() } },
    select: { extensionId: true },
  });
  for (const { extensionId } of due) await expireOne(ctx, extensionId);
  return due.length;
}

async function expireOne(ctx: Context, extensionId: string): Promise<void> {
  await transact(ctx.db, async (tx) => {
    const extension = await lockExtension(tx, extensionId);
    const entry = await tx.entry.findUniqueOrThrow({ where: { extensionId } });
    if (entry.state !== "active" || !entry.expiresAt || entry.expiresAt > ctx.clock.now()) return;
    const state = nextEntryState(entry.state, "expire");
    await tx.entry.update({ where: { id: entry.id }, data: { state } });
    await publishChange(tx, ctx, extensionId, "expire");
    await appendMessage(tx, { kind: "entry.expired", payload: { repository: extension.repository } });
    await appendAudit(tx, ctx, {
      action: "entry.expire",
      subject: { kind: "extension", id: nameOf(extension) },
      before: { state: entry.state },
      after: { state, expiresAt: entry.expiresAt.toISOString() },
    });
  });
}
