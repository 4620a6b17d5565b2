/** Replaces an older inspector's report with a newer one's. */

import { type ReportChange, reasonsToHold, reportChange } from "@/lib/extension/reinspection/report-change";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { withoutFileTexts } from "@/lib/extension/report/without-file-texts";
import { appendAudit } from "@/lib/journal/audit";
import { canonicalJson } from "@/lib/journal/canonical-json";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import {
  type HeldVersion,
  holdVersions,
  isHeldByReinspection,
} from "@/lib/marketplace/inspections/hold-versions";
import { type MediaFile, storeMedia } from "@/lib/marketplace/inspections/media-row";
import { releaseHeld } from "@/lib/marketplace/inspections/release-held";
import { publishChange } from "@/lib/marketplace/publishing/catalog-change";
import { nameOf } from "@/lib/marketplace/rows/extension-row";
import { toJson } from "@/lib/marketplace/rows/json-columns";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { appendSubmissionEvent } from "@/lib/marketplace/rows/submission-event";
import type { Tx } from "@/lib/platform/db/database";
import { type Extension, type Inspection, Prisma } from "@/lib/platform/prisma/client";

type Replacement = { report: InspectionReport; media: readonly MediaFile[] };

/**
 * Replaces the stored report, holds the versions that a person has to look at again, and lists those that only the
 * older report held. When both reports state the same facts, only the version numbers change: no revision, no audit row, no message. The extension is locked.
 */
export async function replaceReport(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  known: Inspection,
  { report, media }: Replacement,
): Promise<Inspection> {
  const before = reportOf(known.report);
  const change = before && reportChange(before, report);
  const confirmed = confirmedBy(known, report.inspectorVersion);
  if (before && !change) return tx.inspection.update({ where: { id: known.id }, data: confirmed });
  await storeMedia(tx, media);
  const after = await tx.inspection.update({
    where: { id: known.id },
    data: {
      ...confirmed,
      state: report.state,
      report: toJson(report),
      error: Prisma.DbNull,
      changedBy: report.inspectorVersion,
      ...(await previousReport(tx, known)),
    },
  });
  const held = await holdVersions(tx, extension, {
    inspection: after,
    reasons: change ? reasonsToHold(change) : [],
  });
  const listed = await releaseHeld(tx, ctx, extension, { inspection: after, report });
  await tellSubmissions(tx, ctx, after);
  await tellChange(tx, ctx, extension, { before, report, change, held, listed, after });
  return after;
}

/** The columns of an inspection that an inspector of this version has repeated. */
export function confirmedBy(known: Inspection, inspectorVersion: number) {
  return {
    inspectorVersion,
    reinspectedFrom: known.inspectorVersion,
    reinspectAt: null,
    reinspectFailures: 0,
    reinspectError: Prisma.DbNull,
  };
}

/** Until a person decides, comparisons use the report that their last decision was based on. */
async function previousReport(tx: Tx, known: Inspection): Promise<Prisma.InspectionUpdateInput> {
  const undecided = await tx.version.findMany({ where: { inspectionId: known.id, visibility: "held" } });
  if (undecided.some(isHeldByReinspection)) return {};
  return { previousReport: known.report === null ? Prisma.DbNull : toJson(Object(known.report)) };
}

async function tellSubmissions(tx: Tx, ctx: Context, { id }: Inspection): Promise<void> {
  const open = await tx.submission.findMany({
    where: { inspectionId: id, state: { in: ["in_review", "needs_changes"] } },
    select: { id: true },
  });
  for (const submission of open) {
    const words = "Gantry re-inspected the image under newer rules, and its report changed.";
    await appendSubmissionEvent(tx, ctx, submission.id, "reinspected", words);
  }
}

type Told = {
  before: InspectionReport | undefined;
  report: InspectionReport;
  change: ReportChange | undefined;
  held: HeldVersion[];
  /** Tags. */
  listed: string[];
  after: Inspection;
};

async function tellChange(tx: Tx, ctx: Context, extension: Extension, told: Told): Promise<void> {
  const { before, report, change, held, listed, after } = told;
  if (await changesWhatIsVisible(tx, told)) await publishChange(tx, ctx, extension.id, "reinspection");
  if (held.length + listed.length > 0) {
    const payload = { repository: extension.repository, held: toJson(held), listed };
    await appendMessage(tx, { kind: "versions.reinspected", payload });
  }
  await appendAudit(tx, ctx, {
    action: "inspection.change",
    subject: { kind: "extension", id: nameOf(extension) },
    before: { inspectorVersion: after.reinspectedFrom, state: before?.state ?? null },
    after: {
      inspectorVersion: report.inspectorVersion,
      state: report.state,
      digest: report.digest,
      capabilities: change?.capabilities.map(({ key, change: what }) => ({ key, change: what })) ?? [],
      platforms: change?.platforms ?? null,
      findings: {
        added: change?.findings.added.map(({ code }) => code) ?? [],
        removed: change?.findings.removed.map(({ code }) => code) ?? [],
      },
      held: held.map(({ tag }) => tag),
      listed,
    },
  });
}

/** True when a version of this image is visible and something that is shown of it changed. */
async function changesWhatIsVisible(tx: Tx, { before, report, held, listed, after }: Told): Promise<boolean> {
  if (held.length + listed.length > 0) return true;
  const visible = await tx.version.count({
    where: { inspectionId: after.id, visibility: { in: ["listed", "yanked", "blocked"] } },
  });
  return visible > 0 && (before === undefined || visibleText(before) !== visibleText(report));
}

function visibleText(report: InspectionReport): string {
  const { cost: _cost, inspectorVersion: _inspectorVersion, ...shown } = withoutFileTexts(report);
  return canonicalJson(shown);
}
