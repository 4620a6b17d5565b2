import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import type { Context } from "@/lib/journal/context";
import { REINSPECT } from "@/lib/marketplace/jobs";
import { WANTED_INSPECTIONS } from "@/lib/marketplace/reinspection/wanted-inspections";
import { read, transact } from "@/lib/platform/db/transact";

/** Longer than the job and its retries take. A claim of a process that died expires then. */
export const CLAIM_SECONDS = 1_800;

/**
 * Sends re-inspections of images that an older inspector inspected: listed ones first, then those that wait for a
 * decision, newest first. At most `limit` wait at a time, and one while people or scans wait for theirs. Returns how
 * many were sent.
 */
export async function queueDueReinspections(ctx: Context, { limit }: { limit: number }): Promise<number> {
  const room = ((await othersWait(ctx)) ? 1 : limit) - (await ctx.queue.waiting(REINSPECT));
  if (room <= 0) return 0;
  const now = ctx.clock.now();
  const due = await read(
    () => ctx.db.prisma.$queryRaw<Due[]>`
      SELECT i."id", i."extensionId"
      FROM "Inspection" i JOIN (${WANTED_INSPECTIONS}) wanted ON wanted.id = i."id"
      WHERE i."inspectorVersion" < ${INSPECTOR_VERSION} AND i."state" IN ('inspected', 'invalid')
        AND (i."reinspectAt" IS NULL OR i."reinspectAt" <= ${now})
      GROUP BY i."id"
      ORDER BY min(wanted.rank), max(wanted.at) DESC, i."id"
      LIMIT ${room}`,
  );
  let sent = 0;
  for (const inspection of due) if (await claim(ctx, inspection, now)) sent += 1;
  return sent;
}

type Due = { id: string; extensionId: string };

async function othersWait({ db }: Context): Promise<boolean> {
  const checks = await db.prisma.submission.count({ where: { state: "checking" } });
  return checks > 0 || (await db.prisma.scan.count({ where: { state: "queued" } })) > 0;
}

/** Only the process that advances the time queues the job. */
async function claim(ctx: Context, { id, extensionId }: Due, now: Date): Promise<boolean> {
  return transact(ctx.db, async (tx) => {
    const { count } = await tx.inspection.updateMany({
      where: {
        id,
        inspectorVersion: { lt: INSPECTOR_VERSION },
        OR: [{ reinspectAt: null }, { reinspectAt: { lte: now } }],
      },
      data: { reinspectAt: new Date(now.getTime() + CLAIM_SECONDS * 1000) },
    });
    if (count > 0) await ctx.queue.send(tx, REINSPECT, id, { inspectionId: id, extensionId });
    return count > 0;
  });
}
