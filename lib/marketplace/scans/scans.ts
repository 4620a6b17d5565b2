/** Requesting and reading scans. */

import { parseRepository } from "@/lib/extension/reference/repository";
import { authorize } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { lockRepository, nameOf } from "@/lib/marketplace/rows/extension-row";
import { FAILED_INSPECTIONS } from "@/lib/marketplace/scans/failed-inspections";
import { queueScan } from "@/lib/marketplace/scans/scan-row";
import { type ScanView, viewScan } from "@/lib/marketplace/scans/scan-view";
import { read, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

/** Requests a scan now; returns the queued one if there is one. */
export async function requestScan(ctx: Context, input: { repository: string }): Promise<ScanView> {
  return transact(ctx.db, async (tx) => {
    authorize(ctx.actor, "scan.start");
    const extension = await lockRepository(tx, parseRepository(input.repository));
    const entry = await tx.entry.findUnique({ where: { extensionId: extension.id } });
    if (!entry || entry.state === "revoked") {
      throw new AppError("illegal_state", "Gantry scans only repositories on the allow-list.", {
        suggestion: "Approve its submission first.",
      });
    }
    const scan = await queueScan(tx, ctx, extension.id, "request");
    await appendAudit(tx, ctx, {
      action: "scan.request",
      subject: { kind: "extension", id: nameOf(extension) },
      after: { scanId: scan.id },
    });
    const { failingTags } = await tx.extension.findUniqueOrThrow({
      where: { id: extension.id },
      select: FAILED_INSPECTIONS,
    });
    return viewScan(scan, failingTags);
  });
}

export async function getScan(ctx: Context, input: { id: string }): Promise<ScanView> {
  authorize(ctx.actor, "scan.start");
  return read(async () => {
    const { extension, ...scan } = await ctx.db.prisma.scan.findUniqueOrThrow({
      where: { id: input.id },
      include: { extension: { select: FAILED_INSPECTIONS } },
    });
    return viewScan(scan, extension.failingTags);
  });
}
