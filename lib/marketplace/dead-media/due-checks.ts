import { nextAddressCheck } from "@/lib/extension/reachability/broken-link";
import type { Context } from "@/lib/journal/context";
import { CHECK_MEDIA } from "@/lib/marketplace/jobs";
import { sha256Hex } from "@/lib/platform/crypto";
import { transact } from "@/lib/platform/db/transact";

/**
 * Sends the daily look at each extension's pictures and links when its time has come, at most `limit` of them; one that has
 * no time yet gets one, later, since its inspection has just looked. Returns how many were sent.
 */
export async function queueDueMediaChecks(ctx: Context, { limit }: { limit: number }): Promise<number> {
  const { prisma } = ctx.db;
  const inForce = { entry: { state: "active" } } as const;
  const take = { take: limit, select: { id: true } };
  const timeless = await prisma.extension.findMany({
    where: { ...inForce, nextMediaCheckAt: null },
    ...take,
  });
  for (const { id } of timeless) {
    const nextMediaCheckAt = nextCheckOf(id, ctx.clock.now());
    await prisma.extension.updateMany({ where: { id, nextMediaCheckAt: null }, data: { nextMediaCheckAt } });
  }
  const isDue = { nextMediaCheckAt: { lte: ctx.clock.now() } };
  const due = await prisma.extension.findMany({
    where: { ...inForce, ...isDue },
    orderBy: { nextMediaCheckAt: "asc" },
    ...take,
  });
  for (const { id } of due) {
    await transact(ctx.db, async (tx) => {
      const nextMediaCheckAt = nextCheckOf(id, ctx.clock.now());
      // Of several workers one moves the time on, and only that one sends.
      const { count } = await tx.extension.updateMany({
        where: { id, ...isDue },
        data: { nextMediaCheckAt },
      });
      if (count > 0) await ctx.queue.send(tx, CHECK_MEDIA, id, { extensionId: id });
    });
  }
  return due.length;
}

function nextCheckOf(extensionId: string, now: Date): Date {
  return nextAddressCheck(now, Number.parseInt(sha256Hex(extensionId).slice(0, 8), 16) / 2 ** 32);
}
