import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import type { Context } from "@/lib/journal/context";
import { type MediaFile, storeMedia } from "@/lib/marketplace/inspections/media-row";
import { replaceReport } from "@/lib/marketplace/inspections/replace-report";
import { type StoredError, storedError, toJson } from "@/lib/marketplace/rows/stored";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import type { Tx } from "@/lib/platform/db/database";
import { type Extension, type Inspection, Prisma } from "@/lib/platform/prisma/client";

/** What an inspection brought home: the report and the pictures it made. */
export type Inspected = { report: InspectionReport; media: readonly MediaFile[] };

/** What one inspector knows of a digest: its report, or why it cannot be read (a limit, a content that is no image). */
export type Learned = { kind: "inspected"; inspected: Inspected } | { kind: "refused"; error: StoredError };

export async function storeLearned(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  digest: string,
  learned: Learned,
): Promise<Inspection> {
  return learned.kind === "inspected"
    ? storeInspection(tx, ctx, extension, learned.inspected)
    : storeRefusal(tx, extension.id, digest, learned.error);
}

/** What earlier inspections of this extension found out for good, by digest; these need not be made again. */
export async function alreadyLearned(
  ctx: Context,
  input: { extensionId: string; digests: readonly string[] },
): Promise<Map<string, Learned>> {
  const rows = await ctx.db.prisma.inspection.findMany({
    where: {
      extensionId: input.extensionId,
      digest: { in: [...input.digests] },
      state: { in: ["inspected", "invalid"] },
    },
  });
  return new Map(
    rows.flatMap(({ digest, report, error }): [string, Learned][] => {
      const known = reportOf(report);
      if (known) return [[digest, { kind: "inspected", inspected: { report: known, media: [] } }]];
      const refusal = storedError(error);
      return refusal ? [[digest, { kind: "refused", error: refusal }]] : [];
    }),
  );
}

/**
 * Stores a report. A finished inspection stays as it is when it is made again, unless the inspector is newer: see
 * `replaceReport`. An older process never overwrites a newer report. The extension is locked.
 */
export async function storeInspection(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  { report, media }: Inspected,
): Promise<Inspection> {
  const extensionId = extension.id;
  const key = { extensionId_digest: { extensionId, digest: report.digest } };
  const known = await tx.inspection.findUnique({ where: key });
  if (known && (known.state === "inspected" || known.state === "invalid")) {
    if (known.inspectorVersion >= report.inspectorVersion) return known;
    return replaceReport(tx, ctx, extension, known, { report, media });
  }
  await storeMedia(tx, media);
  const { state, inspectorVersion } = report;
  const learned = { state, inspectorVersion, report: toJson(report), error: Prisma.DbNull };
  return tx.inspection.upsert({
    where: key,
    create: { extensionId, digest: report.digest, attempts: 1, ...learned },
    update: { attempts: { increment: 1 }, ...learned },
  });
}

async function storeRefusal(
  tx: Tx,
  extensionId: string,
  digest: string,
  error: StoredError,
): Promise<Inspection> {
  const refused = { state: "invalid", error: toJson(error), inspectorVersion: INSPECTOR_VERSION } as const;
  return tx.inspection.upsert({
    where: { extensionId_digest: { extensionId, digest } },
    create: { extensionId, digest, attempts: 1, ...refused },
    update: { attempts: { increment: 1 }, ...refused },
  });
}
