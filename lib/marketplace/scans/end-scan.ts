import type { Refusal } from "@/lib/extension/reachability/availability";
import { nextScanState, type ScanEvent } from "@/lib/extension/states/scan";
import type { Context } from "@/lib/journal/context";
import { lockExtension } from "@/lib/marketplace/rows/extension-row";
import { type StoredError, toJson } from "@/lib/marketplace/rows/stored";
import { recordAvailability } from "@/lib/marketplace/scans/availability";
import type { BegunScan } from "@/lib/marketplace/scans/begin-scan";
import { type FailingTag, writeFailingTags } from "@/lib/marketplace/scans/failing-tags";
import type { SkippedTagNote } from "@/lib/marketplace/submissions/record-submission-check";
import { transact } from "@/lib/platform/db/transact";

export type ScanResult = {
  /** How it ended. */
  event: Exclude<ScanEvent, "queue" | "start">;
  found: number;
  listed: number;
  held: number;
  moved: number;
  skipped: SkippedTagNote[];
  /** All version tags that cannot be inspected; undefined = they are the same as before. */
  failing?: FailingTag[] | undefined;
  requests: number;
  bytes: number;
  error?: StoredError | undefined;
  until?: Date;
  /** What the registry said of the repository itself; undefined = nothing, because of other trouble. */
  availability?: "shown" | Refusal;
};

/** Ends the scan and sets when the next one is due. Old scans of the extension are forgotten beyond the last few. */
export async function endScan(
  ctx: Context,
  input: { scan: BegunScan; result: ScanResult; nextScanAt: Date },
): Promise<void> {
  const { scan, result } = input;
  await transact(ctx.db, async (tx) => {
    const extension = await lockExtension(tx, scan.extensionId);
    const { event, error, until, skipped, failing, bytes, availability, ...numbers } = result;
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
        finishedAt,
      },
    });
    await tx.extension.update({
      where: { id: scan.extensionId },
      data: { lastScanAt: finishedAt, nextScanAt: input.nextScanAt },
    });
    const kept = await tx.scan.findMany({
      where: { extensionId: scan.extensionId },
      orderBy: { createdAt: "desc" },
      take: KEPT_SCANS,
      select: { id: true },
    });
    await tx.scan.deleteMany({
      where: {
        extensionId: scan.extensionId,
        id: { notIn: kept.map(({ id }) => id) },
        state: { notIn: ["queued", "running"] },
      },
    });
    if (failing !== undefined) await writeFailingTags(tx, scan.extensionId, failing);
    if (availability === undefined) return;
    await recordAvailability(tx, ctx, extension, availability === "shown" ? undefined : availability);
  });
}

const KEPT_SCANS = 50;
