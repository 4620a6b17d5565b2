/** The start of a scan: marks it as running and reads everything that the scan is planned from. */

import { parseRepository, type Repository } from "@/lib/extension/reference/repository";
import { nextScanState } from "@/lib/extension/states/scan";
import type { Context } from "@/lib/journal/context";
import { SCAN_EXTENSION } from "@/lib/marketplace/jobs";
import { lockExtension } from "@/lib/marketplace/rows/extension-row";
import { type FailedInspection, readFailedInspections } from "@/lib/marketplace/scans/failed-inspections";
import { type HostPause, hostPause } from "@/lib/marketplace/scans/host-pause";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";

/** The digest that was accepted for a tag, the one the tag moved to since, and whether the tag is missing. */
export type KnownVersion = { digest: string; movedDigest: string | null; missing: boolean };

export type BegunScan = {
  scanId: string;
  extensionId: string;
  repository: Repository;
  /** The schedule started it, not a person. */
  scheduled: boolean;
  /** Consecutive failed scans before this one. */
  failuresBefore: number;
};

export type OpenScan = BegunScan & {
  /** The extension is on the allow-list, so stored registry credentials serve it. */
  isAllowed: boolean;
  /** The registry's host wants no scans yet. */
  pause: HostPause | undefined;
  /** By tag. */
  versions: ReadonlyMap<string, KnownVersion>;
  /** Tags whose last inspection failed. */
  failing: readonly FailedInspection[];
};

/**
 * Marks the scan as running and returns what is known of its extension. Undefined when the scan has ended, the entry is
 * gone, or another scan of the same extension is running; in the last case the job is queued again with a short delay.
 */
export async function openScan(ctx: Context, input: { scanId: string }): Promise<OpenScan | undefined> {
  const begun = await beginScan(ctx, input);
  if (begun === undefined) return undefined;
  const { extensionId, repository } = begun;
  const versions = await ctx.db.prisma.version.findMany({
    where: { extensionId, current: true },
    select: { tag: true, digest: true, movedDigest: true, missingSince: true },
  });
  const entry = await ctx.db.prisma.entry.findUnique({ where: { extensionId }, select: { state: true } });
  return {
    ...begun,
    isAllowed: entry !== null && entry.state !== "revoked",
    pause: await hostPause(ctx, repository),
    versions: new Map(
      versions.map(({ tag, missingSince, ...known }) => [tag, { ...known, missing: missingSince !== null }]),
    ),
    failing: await readFailedInspections(ctx.db, extensionId),
  };
}

/** Marks the scan as running; undefined as for `openScan`. */
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
    return {
      scanId: scan.id,
      extensionId: extension.id,
      repository: parseRepository(extension.repository),
      scheduled: scan.trigger === "schedule",
      failuresBefore: await consecutiveFailures(tx, extension.id),
    };
  });
}

const FAILURES_COUNTED = 12;

async function consecutiveFailures(tx: Tx, extensionId: string): Promise<number> {
  const latest = await tx.scan.findMany({
    where: { extensionId, finishedAt: { not: null } },
    orderBy: { finishedAt: "desc" },
    take: FAILURES_COUNTED,
    select: { until: true },
  });
  const good = latest.findIndex(({ until }) => until === null);
  return good === -1 ? latest.length : good;
}
