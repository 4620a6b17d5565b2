import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import type { Context } from "@/lib/journal/context";
import { type MediaFile, storeMedia } from "@/lib/marketplace/inspections/media-row";
import { replaceReport } from "@/lib/marketplace/inspections/replace-report";
import { type StoredError, storedError, toJson } from "@/lib/marketplace/rows/stored";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import type { Database, Tx } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";
import { type Extension, type Inspection, Prisma } from "@/lib/platform/prisma/client";

/** What an inspection brought home: the report and the pictures it made. */
export type Inspected = { report: InspectionReport; media: readonly MediaFile[] };

/** What one inspector knows of a digest: its report, or why it cannot be read (a limit, a content that is no image). */
export type Learned = { kind: "inspected"; inspected: Inspected } | { kind: "refused"; error: StoredError };

/** Learned earlier: the row has it. */
export type Stored = { kind: "stored" };

export type LearnedInspection = { learned: Learned; inspection: Inspection };

/** Undefined only for `stored`: the row is gone, or of a schema that this release does not read. */
export async function storeLearned(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  { digest, learned }: { digest: string; learned: Learned | Stored },
): Promise<LearnedInspection | undefined> {
  switch (learned.kind) {
    case "inspected":
      return { learned, inspection: await storeInspection(tx, ctx, extension, learned.inspected) };
    case "refused":
      return { learned, inspection: await storeRefusal(tx, extension.id, digest, learned.error) };
    case "stored":
      return readLearned(tx, extension.id, digest);
  }
}

async function readLearned(
  tx: Tx,
  extensionId: string,
  digest: string,
): Promise<LearnedInspection | undefined> {
  const inspection = await tx.inspection.findUnique({
    where: { extensionId_digest: { extensionId, digest } },
  });
  const report = reportOf(inspection?.report ?? null);
  if (inspection && report)
    return { learned: { kind: "inspected", inspected: { report, media: [] } }, inspection };
  const error = storedError(inspection?.error ?? null);
  return inspection && error ? { learned: { kind: "refused", error }, inspection } : undefined;
}

/** Those of the digests whose inspection is finished and stored in a schema that this release reads. */
export async function learnedDigests(
  db: Database,
  { extensionId, digests }: { extensionId: string; digests: readonly string[] },
): Promise<ReadonlySet<string>> {
  if (digests.length === 0) return new Set();
  const rows = await read(
    () => db.prisma.$queryRaw<{ digest: string }[]>`
      SELECT "digest" FROM "Inspection"
      WHERE "extensionId" = ${extensionId}::uuid AND "digest" = ANY(${[...digests]}::text[])
        AND "state" IN ('inspected', 'invalid')
        AND ("report"->'schema' = '1'::jsonb OR "error" IS NOT NULL)`,
  );
  return new Set(rows.map(({ digest }) => digest));
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
