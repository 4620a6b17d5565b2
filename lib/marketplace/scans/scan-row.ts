import type { Context } from "@/lib/journal/context";
import { SCAN_EXTENSION } from "@/lib/marketplace/jobs";
import type { Tx } from "@/lib/platform/db/database";
import type { Scan } from "@/lib/platform/prisma/client";

/** `webhook`: reserved for push notifications from registries; nothing sends it yet. */
export type ScanTrigger = "approval" | "request" | "schedule" | "webhook";

/**
 * Queues a scan with its job, or returns the one that is already queued. The extension is locked. No other scan is due
 * until this one has ended or its job must have expired.
 */
export async function queueScan(
  tx: Tx,
  ctx: Context,
  extensionId: string,
  trigger: ScanTrigger,
): Promise<Scan> {
  const waiting = await tx.scan.findFirst({ where: { extensionId, state: "queued" } });
  const scan = waiting
    ? await askedFor(tx, waiting, trigger)
    : await tx.scan.create({ data: { extensionId, state: "queued", trigger } });
  // Also for a queued scan: its job can be lost after crashes. A job that is still queued is not duplicated.
  await ctx.queue.send(tx, SCAN_EXTENSION, scan.id, { scanId: scan.id, extensionId });
  const nextScanAt = new Date(ctx.clock.now().getTime() + SCAN_EXTENSION.expireInSeconds * 1000);
  await tx.extension.update({ where: { id: extensionId }, data: { nextScanAt } });
  return scan;
}

/** A scheduled scan that someone requests meanwhile is upgraded to a requested one. */
async function askedFor(tx: Tx, waiting: Scan, trigger: ScanTrigger): Promise<Scan> {
  if (waiting.trigger !== "schedule" || trigger === "schedule") return waiting;
  return tx.scan.update({ where: { id: waiting.id }, data: { trigger } });
}
