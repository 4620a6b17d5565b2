/** Scans as rows: asked for, begun, ended. What a scan does in between is `scanning`'s. */

import type { Refusal } from "@/lib/extension/availability";
import { parseRepository } from "@/lib/extension/repository";
import { nextScanState, type ScanEvent } from "@/lib/extension/states/scan";
import { authorise } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { recordAvailability } from "@/lib/marketplace/availability";
import { nameOf } from "@/lib/marketplace/extension-name";
import { lockExtension, lockRepository } from "@/lib/marketplace/extension-row";
import { SCAN_EXTENSION } from "@/lib/marketplace/jobs";
import type { SkippedTagNote } from "@/lib/marketplace/record-submission-check";
import { startScan } from "@/lib/marketplace/scan-row";
import { type StoredError, storedError, toJson } from "@/lib/marketplace/stored";
import { read, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Prisma, Scan, ScanState } from "@/lib/platform/prisma/client";

export type ScanView = {
  id: string;
  state: ScanState;
  found: number;
  listed: number;
  held: number;
  moved: number;
  skipped: SkippedTagNote[];
  requests: number;
  bytes: number;
  error: StoredError | null;
  until: string | null;
};

/** Asks for a scan now; a waiting one is answered as it is. */
export async function requestScan(ctx: Context, input: { repository: string }): Promise<ScanView> {
  return transact(ctx.db, async (tx) => {
    authorise(ctx.actor, "scan.start");
    const extension = await lockRepository(tx, parseRepository(input.repository));
    const entry = await tx.entry.findUnique({ where: { extensionId: extension.id } });
    if (!entry || entry.state === "revoked") {
      throw new AppError("illegal_state", "Only what is on the allow-list is scanned.", {
        suggestion: "Approve its submission first.",
      });
    }
    const scan = await startScan(tx, ctx, extension.id, "request");
    await appendAudit(tx, ctx, {
      action: "scan.request",
      subject: { kind: "extension", id: nameOf(extension) },
      after: { scanId: scan.id },
    });
    return viewScan(scan);
  });
}

export async function getScan(ctx: Context, input: { id: string }): Promise<ScanView> {
  authorise(ctx.actor, "scan.start");
  return read(async () => viewScan(await ctx.db.prisma.scan.findUniqueOrThrow({ where: { id: input.id } })));
}

export type BegunScan = {
  scanId: string;
  extensionId: string;
  repository: string;
  /** Nobody asked for it; it came because its time had come. */
  scheduled: boolean;
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
      await ctx.queue.send(tx, SCAN_EXTENSION, scan.id, { scanId: scan.id }, { startAfterSeconds: 2 });
      return undefined;
    }
    const queued = scan.state === "running" ? nextScanState(scan.state, "queue") : scan.state;
    await tx.scan.update({
      where: { id: scan.id },
      data: { state: nextScanState(queued, "start"), startedAt: ctx.clock.now() },
    });
    const { repository } = extension;
    return { scanId: scan.id, extensionId: extension.id, repository, scheduled: scan.trigger === "schedule" };
  });
}

export type ScanResult = {
  /** How it ended. */
  event: Exclude<ScanEvent, "queue" | "start">;
  found: number;
  listed: number;
  held: number;
  moved: number;
  skipped: SkippedTagNote[];
  requests: number;
  bytes: number;
  error?: StoredError;
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
    const { event, error, until, skipped, bytes, availability, ...numbers } = result;
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
    if (availability === undefined) return;
    await recordAvailability(tx, ctx, extension, availability === "shown" ? undefined : availability);
  });
}

const KEPT_SCANS = 50;

/** Queues a scan for every extension that is due, at most `limit` of them; returns how many. */
export async function queueDueScans(ctx: Context, input: { limit: number }): Promise<number> {
  const due = await ctx.db.prisma.extension.findMany({
    where: {
      entry: { state: { not: "revoked" } },
      OR: [{ nextScanAt: null }, { nextScanAt: { lte: ctx.clock.now() } }],
    },
    orderBy: { nextScanAt: { sort: "asc", nulls: "first" } },
    take: input.limit,
    select: { id: true },
  });
  for (const { id } of due) {
    await transact(ctx.db, async (tx) => {
      const extension = await lockExtension(tx, id);
      if (extension.nextScanAt && extension.nextScanAt > ctx.clock.now()) return;
      await startScan(tx, ctx, id, "schedule");
    });
  }
  return due.length;
}

export function viewScan(scan: Scan): ScanView {
  return {
    id: scan.id,
    state: scan.state,
    found: scan.found,
    listed: scan.listed,
    held: scan.held,
    moved: scan.moved,
    skipped: storedSkipped(scan.skipped),
    requests: scan.requests,
    bytes: Number(scan.bytes),
    error: storedError(scan.error) ?? null,
    until: scan.until?.toISOString() ?? null,
  };
}

/** `Scan.skipped` is written by `endScan` alone. */
function storedSkipped(value: Prisma.JsonValue): SkippedTagNote[] {
  return value as unknown as SkippedTagNote[];
}
