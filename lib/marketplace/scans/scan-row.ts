import type { Context } from "@/lib/journal/context";
import { SCAN_EXTENSION } from "@/lib/marketplace/jobs";
import type { Tx } from "@/lib/platform/db/database";
import type { Scan } from "@/lib/platform/prisma/client";

export type ScanTrigger = "approval" | "request" | "schedule" | "webhook";

/**
 * A scan to come: the one that already waits, or a new one with its job. The extension is locked. Until the scan has
 * ended, or its worker must be dead, no other one is due.
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
  // Also for one that waits: its job may have been given up after crashes. A job that still waits is not doubled.
  await ctx.queue.send(tx, SCAN_EXTENSION, scan.id, { scanId: scan.id, extensionId });
  const nextScanAt = new Date(ctx.clock.now().getTime() + SCAN_EXTENSION.expireInSeconds * 1000);
  await tx.extension.update({ where: { id: extensionId }, data: { nextScanAt } });
  return scan;
}

/** One that came by itself and that somebody asks for meanwhile does all that the other would do. */
async function askedFor(tx: Tx, waiting: Scan, trigger: ScanTrigger): Promise<Scan> {
  if (waiting.trigger !== "schedule" || trigger === "schedule") return waiting;
  return tx.scan.update({ where: { id: waiting.id }, data: { trigger } });
}
