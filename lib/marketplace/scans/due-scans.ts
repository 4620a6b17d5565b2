import type { Context } from "@/lib/journal/context";
import { lockExtension } from "@/lib/marketplace/rows/extension-row";
import { queueScan } from "@/lib/marketplace/scans/scan-row";
import { transact } from "@/lib/platform/db/transact";

/** Queues a scan for every extension that is due, at most `limit` of them; returns how many. */
export async function queueDueScans(ctx: Context, input: { limit: number }): Promise<number> {
  const due = await ctx.db.prisma.extension.findMany({
    where: {
      entry: { state: { not: "revoked" } },
      OR: [{ nextScanAt: null }, { nextScanAt: { lte: ctx.clock.now() } }],
    },
    orderBy: { nextScanAt: { sort: "asc", nulls: "first" } },
    take: input.limit,
    select: { id: true },
  });
  for (const { id } of due) {
    await transact(ctx.db, async (tx) => {
      const extension = await lockExtension(tx, id);
      if (extension.nextScanAt && extension.nextScanAt > ctx.clock.now()) return;
      await queueScan(tx, ctx, id, "schedule");
    });
  }
  return due.length;
}
