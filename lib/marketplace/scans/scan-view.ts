import { type StoredError, storedError } from "@/lib/marketplace/rows/json-columns";
import type { SkippedTagNote } from "@/lib/marketplace/rows/observed-tag";
import { type FailedInspectionView, viewFailedInspections } from "@/lib/marketplace/scans/failed-inspections";
import type { FailingTag, Prisma, Scan, ScanState } from "@/lib/platform/prisma/client";

export type ScanView = {
  id: string;
  state: ScanState;
  found: number;
  listed: number;
  held: number;
  moved: number;
  skipped: SkippedTagNote[];
  /** Version tags whose image could not be inspected, as of now. */
  failing: FailedInspectionView[];
  requests: number;
  bytes: number;
  error: StoredError | null;
  /** Earliest time of the next scan, if this one was stopped. */
  until: string | null;
  /** Until when the registry's host demanded a pause. */
  pausedUntil: string | null;
};

export function viewScan(scan: Scan, failing: readonly FailingTag[]): ScanView {
  return {
    id: scan.id,
    state: scan.state,
    found: scan.found,
    listed: scan.listed,
    held: scan.held,
    moved: scan.moved,
    skipped: storedSkipped(scan.skipped),
    failing: viewFailedInspections(failing),
    requests: scan.requests,
    bytes: Number(scan.bytes),
    error: storedError(scan.error) ?? null,
    until: scan.until?.toISOString() ?? null,
    pausedUntil: scan.pausedUntil?.toISOString() ?? null,
  };
}

/** `Scan.skipped` is written by `closeScan` alone. */
function storedSkipped(value: Prisma.JsonValue): SkippedTagNote[] {
  return value as unknown as SkippedTagNote[];
}
