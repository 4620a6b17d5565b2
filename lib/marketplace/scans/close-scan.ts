import type { Refusal } from "@/lib/extension/reachability/availability";
import { nextScanState, type ScanEvent } from "@/lib/extension/states/scan";
import type { Context } from "@/lib/journal/context";
import { lockExtension } from "@/lib/marketplace/rows/extension-row";
import { type StoredError, toJson } from "@/lib/marketplace/rows/json-columns";
import type { SkippedTagNote } from "@/lib/marketplace/rows/observed-tag";
import { recordAvailability } from "@/lib/marketplace/scans/availability";
import { type FailedInspection, writeFailedInspections } from "@/lib/marketplace/scans/failed-inspections";
import type { BegunScan } from "@/lib/marketplace/scans/open-scan";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";

/** What a scan has achieved so far; it counts even when the scan fails afterwards. */
export type ScanProgress = {
  /** Version tags in the registry's list. */
  found: number;
  listed: number;
  held: number;
  moved: number;
  skipped: readonly SkippedTagNote[];
  /** What the registry said about the repository itself; undefined: nothing, because of other trouble. */
  availability?: "shown" | Refusal | undefined;
};

export type ScanResult = ScanProgress & {
  /** How the scan ended. */
  event: Exclude<ScanEvent, "queue" | "start">;
  /** All version tags that cannot be inspected; undefined: the same as before. */
  failing?: readonly FailedInspection[] | undefined;
  requests: number;
  bytes: number;
  error?: StoredError | undefined;
  /** Earliest time of the next scan. */
  until?: Date | undefined;
  /** Until when the registry's host demanded a pause. */
  pausedUntil?: Date | undefined;
};

/** Before anything was inspected. */
export const NO_PROGRESS: ScanProgress = { found: 0, listed: 0, held: 0, moved: 0, skipped: [] };

/** Ends the scan, schedules the next one, and deletes the oldest scans of the extension. */
export async function closeScan(
  ctx: Context,
  input: { scan: BegunScan; result: ScanResult; nextScanAt: Date },
): Promise<void> {
  const { scan, result } = input;
  await transact(ctx.db, async (tx) => {
    const extension = await lockExtension(tx, scan.extensionId);
    const { event, error, until, pausedUntil, skipped, failing, bytes, availability, ...numbers } = result;
    const finishedAt = ctx.clock.now();
    await tx.scan.update({
      where: { id: scan.scanId },
      data: {
        state: nextScanState("running", event),
        ...numbers,
        bytes: BigInt(bytes),
        skipped: toJson(skipped),
        ...(error ? { error: toJson(error) } : {}),
        ...(until ? { until } : {}),
        ...(pausedUntil ? { pausedUntil } : {}),
        finishedAt,
      },
    });
    await tx.extension.update({
      where: { id: scan.extensionId },
      data: { lastScanAt: finishedAt, nextScanAt: input.nextScanAt },
    });
    await deleteOldScans(tx, scan.extensionId);
    if (failing !== undefined) await writeFailedInspections(tx, scan.extensionId, failing);
    if (availability === undefined) return;
    await recordAvailability(tx, ctx, extension, availability === "shown" ? undefined : availability);
  });
}

const KEPT_SCANS = 50;

async function deleteOldScans(tx: Tx, extensionId: string): Promise<void> {
  const kept = await tx.scan.findMany({
    where: { extensionId },
    orderBy: { createdAt: "desc" },
    take: KEPT_SCANS,
    select: { id: true },
  });
  await tx.scan.deleteMany({
    where: {
      extensionId,
      id: { notIn: kept.map(({ id }) => id) },
      state: { notIn: ["queued", "running"] },
    },
  });
}
