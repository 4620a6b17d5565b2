import type { SkippedTagNote } from "@/lib/marketplace/rows/skipped-tag-note";
import { type StoredError, storedError } from "@/lib/marketplace/rows/stored";
import { type FailingTagView, viewFailingTags } from "@/lib/marketplace/scans/failing-tags";
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
  failing: FailingTagView[];
  requests: number;
  bytes: number;
  error: StoredError | null;
  until: string | null;
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
    failing: viewFailingTags(failing),
    requests: scan.requests,
    bytes: Number(scan.bytes),
    error: storedError(scan.error) ?? null,
    until: scan.until?.toISOString() ?? null,
  };
}

/** `Scan.skipped` is written by `closeScan` alone. */
function storedSkipped(value: Prisma.JsonValue): SkippedTagNote[] {
  return value as unknown as SkippedTagNote[];
}
