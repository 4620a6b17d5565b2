import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@/lib/journal/context";
import type { ScanView } from "@/lib/marketplace/scans/scan-view";
import { getScan } from "@/lib/marketplace/scans/scans";

const POLL_MS = 150;

/** Waits until the scan has ended, for at most `waitSeconds`, and returns its state by then. */
export async function waitForScan(ctx: Context, asked: ScanView, waitSeconds: number): Promise<ScanView> {
  const deadline = Date.now() + waitSeconds * 1000;
  let scan = asked;
  while (!hasEnded(scan) && Date.now() < deadline) {
    await sleep(POLL_MS);
    scan = await getScan(ctx, { id: asked.id });
  }
  return scan;
}

export function hasEnded(scan: ScanView): boolean {
  return scan.state !== "queued" && scan.state !== "running";
}
