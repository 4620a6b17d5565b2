import type { InspectionReport } from "@/lib/extension/inspection-report";
import type { Context } from "@/lib/journal/context";
import { toJson } from "@/lib/marketplace/stored";
import type { Tx } from "@/lib/platform/db/database";
import { type Inspection, Prisma } from "@/lib/platform/prisma/client";

export type MediaFile = { sha256: string; contentType: string; bytes: Uint8Array };

/** What an inspection brought home: the report and the pictures it made. */
export type Inspected = { report: InspectionReport; media: readonly MediaFile[] };

/**
 * Stores a report. What was learned about a digest never changes by being learned again, so a finished
 * inspection stays as it is.
 */
export async function storeInspection(
  tx: Tx,
  _ctx: Context,
  extensionId: string,
  { report, media }: Inspected,
): Promise<Inspection> {
  const key = { extensionId_digest: { extensionId, digest: report.digest } };
  const known = await tx.inspection.findUnique({ where: key });
  if (known && (known.state === "inspected" || known.state === "invalid")) return known;
  await storeMedia(tx, media);
  const learned = { state: report.state, report: toJson(report), error: Prisma.DbNull };
  return tx.inspection.upsert({
    where: key,
    create: { extensionId, digest: report.digest, attempts: 1, ...learned },
    update: { attempts: { increment: 1 }, ...learned },
  });
}

async function storeMedia(tx: Tx, media: readonly MediaFile[]): Promise<void> {
  if (media.length === 0) return;
  const data = media.map(({ sha256, contentType, bytes }) => ({
    sha256,
    contentType,
    bytes: Uint8Array.from(bytes),
  }));
  await tx.media.createMany({ data, skipDuplicates: true });
}
