/** Pre-flight reports that are stored for a day, so that their link can be shared. */

import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { withoutFileTexts } from "@/lib/extension/report/without-file-texts";
import { may } from "@/lib/identity/permissions";
import type { Context, Services } from "@/lib/journal/context";
import { toJson } from "@/lib/marketplace/rows/json-columns";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { randomText } from "@/lib/platform/crypto";
import type { Tx } from "@/lib/platform/db/database";
import { read, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

/** `id` cannot be guessed. */
export type SharedLink = { id: string; expiresAt: Date };

export type KeptPreflight = { tag: string | null; report: InspectionReport; at: Date; expiresAt: Date };

const KEPT_MS = 24 * 60 * 60 * 1000;
/** Total size; the oldest are evicted first, so that strangers cannot fill the database. */
const KEPT_MAX = 1_000;
const REPORT_CHARACTERS_MAX = 256 * 1024;
const ID_BYTES = 18;

/**
 * Stores a report; null when it is too large. No audit row: nothing is decided, and no one's content changes.
 */
export async function sharePreflight(
  { db, clock }: Pick<Services, "db" | "clock">,
  { tag, report, isPrivate = false }: { tag: string | null; report: InspectionReport; isPrivate?: boolean },
): Promise<SharedLink | null> {
  const slim = withoutFileTexts(report);
  if (JSON.stringify(slim).length > REPORT_CHARACTERS_MAX) return null;
  const now = clock.now();
  const link = { id: randomText(ID_BYTES), expiresAt: new Date(now.getTime() + KEPT_MS) };
  await transact(db, async (tx) => {
    await tx.sharedPreflight.create({
      data: { ...link, tag, report: toJson(slim), isPrivate, createdAt: now },
    });
    await dropOldest(tx);
  });
  return link;
}

/** Throws `not_found` for an unknown or expired report, and for a private one without a reviewing role. */
export async function readSharedPreflight(
  { db, clock, actor }: Pick<Context, "db" | "clock" | "actor">,
  { id }: { id: string },
): Promise<KeptPreflight> {
  const row = await read(() => db.prisma.sharedPreflight.findUnique({ where: { id } }));
  const isVisible =
    row && row.expiresAt > clock.now() && (!row.isPrivate || may(actor, "submission.readAll"));
  const report = isVisible ? reportOf(row.report) : undefined;
  if (row === null || report === undefined) {
    throw new AppError("not_found", "This report does not exist or has expired.", {
      suggestion: "Check the image again. It takes a few seconds.",
    });
  }
  return { tag: row.tag, report, at: row.createdAt, expiresAt: row.expiresAt };
}

/** Deletes expired reports; returns how many. */
export async function purgeSharedPreflights({ db, clock }: Pick<Services, "db" | "clock">): Promise<number> {
  const { count } = await db.prisma.sharedPreflight.deleteMany({
    where: { expiresAt: { lte: clock.now() } },
  });
  return count;
}

async function dropOldest(tx: Tx): Promise<void> {
  const first = await tx.sharedPreflight.findMany({
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    skip: KEPT_MAX,
    take: 1,
    select: { createdAt: true },
  });
  const [limit] = first;
  if (limit) await tx.sharedPreflight.deleteMany({ where: { createdAt: { lte: limit.createdAt } } });
}
