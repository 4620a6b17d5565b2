import { nextScanState } from "@/lib/extension/states/scan";
import type { Context } from "@/lib/journal/context";
import { SCAN_EXTENSION } from "@/lib/marketplace/jobs";
import { lockExtension } from "@/lib/marketplace/rows/extension-row";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";

export type BegunScan = {
  scanId: string;
  extensionId: string;
  repository: string;
  /** Nobody asked for it; it came because its time had come. */
  scheduled: boolean;
  /** How many scans before it failed in a row. */
  failuresBefore: number;
};

/**
 * Marks the scan as running. Undefined when there is nothing to do: it has ended, the entry is gone, or another scan of
 * the same extension runs, in which case this one comes again a little later.
 */
export async function beginScan(ctx: Context, input: { scanId: string }): Promise<BegunScan | undefined> {
  return transact(ctx.db, async (tx) => {
    const found = await tx.scan.findUnique({ where: { id: input.scanId } });
    if (!found) return undefined;
    const extension = await lockExtension(tx, found.extensionId);
    const scan = await tx.scan.findUniqueOrThrow({ where: { id: input.scanId } });
    if (scan.state !== "queued" && scan.state !== "running") return undefined;
    const staleBefore = new Date(ctx.clock.now().getTime() - SCAN_EXTENSION.expireInSeconds * 1000);
    const other = await tx.scan.findFirst({
      where: {
        extensionId: extension.id,
        state: "running",
        id: { not: scan.id },
        startedAt: { gt: staleBefore },
      },
    });
    if (other) {
      const job = { scanId: scan.id, extensionId: extension.id };
      await ctx.queue.send(tx, SCAN_EXTENSION, scan.id, job, { startAfterSeconds: 2 });
      return undefined;
    }
    const queued = scan.state === "running" ? nextScanState(scan.state, "queue") : scan.state;
    await tx.scan.update({
      where: { id: scan.id },
      data: { state: nextScanState(queued, "start"), startedAt: ctx.clock.now() },
    });
    const { repository } = extension;
    return {
      scanId: scan.id,
      extensionId: extension.id,
      repository,
      scheduled: scan.trigger === "schedule",
      failuresBefore: await failuresInARow(tx, extension.id),
    };
  });
}

const FAILURES_COUNTED = 12;

async function failuresInARow(tx: Tx, extensionId: string): Promise<number> {
  const latest = await tx.scan.findMany({
    where: { extensionId, finishedAt: { not: null } },
    orderBy: { finishedAt: "desc" },
    take: FAILURES_COUNTED,
    select: { until: true },
  });
  const good = latest.findIndex(({ until }) => until === null);
  return good === -1 ? latest.length : good;
}
