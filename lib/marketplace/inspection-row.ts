import type { InspectionReport } from "@/lib/extension/inspection-report";
import type { Context } from "@/lib/journal/context";
import { type StoredError, storedError, toJson } from "@/lib/marketplace/stored";
import { reportOf } from "@/lib/marketplace/stored-report";
import type { Tx } from "@/lib/platform/db/database";
import { type Inspection, Prisma } from "@/lib/platform/prisma/client";

export type MediaFile = { sha256: string; contentType: string; bytes: Uint8Array };

/** What an inspection brought home: the report and the pictures it made. */
export type Inspected = { report: InspectionReport; media: readonly MediaFile[] };

/** What is known of a digest for good: its report, or why it can never be read (a limit, a content that is no image). */
export type Learned = { kind: "inspected"; inspected: Inspected } | { kind: "refused"; error: StoredError };

export async function storeLearned(
  tx: Tx,
  ctx: Context,
  extensionId: string,
  digest: string,
  learned: Learned,
): Promise<Inspection> {
  return learned.kind === "inspected"
    ? storeInspection(tx, ctx, extensionId, learned.inspected)
    : storeRefusal(tx, extensionId, digest, learned.error);
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

async function storeRefusal(
  tx: Tx,
  extensionId: string,
  digest: string,
  error: StoredError,
): Promise<Inspection> {
  const refused = { state: "invalid", error: toJson(error) } as const;
  return tx.inspection.upsert({
    where: { extensionId_digest: { extensionId, digest } },
    create: { extensionId, digest, attempts: 1, ...refused },
    update: { attempts: { increment: 1 }, ...refused },
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
