/** One version as a reviewer decides it: what its image is, beside what was approved before. */

import type { Envelope } from "@/lib/extension/capabilities/envelope";
import { type CapabilityChange, compareCapabilities } from "@/lib/extension/capabilities/named-capabilities";
import type { ReportDifference } from "@/lib/extension/difference/report-difference";
import type { Finding } from "@/lib/extension/findings/finding";
import { currentFindings } from "@/lib/extension/policy/current-findings";
import { type Policy, type ServedFinding, servedFindings } from "@/lib/extension/policy/policy";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import { findingsAboutTag } from "@/lib/extension/reference/tag-list-facts";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { blockedImageFindings } from "@/lib/marketplace/blocks/blocked-image-findings";
import { isHeldByReinspection } from "@/lib/marketplace/inspections/hold-versions";
import { storedTagListFacts } from "@/lib/marketplace/inspections/tag-list-columns";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { storedEnvelope } from "@/lib/marketplace/rows/json-columns";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { compareReports } from "@/lib/marketplace/versions/difference-task";
import {
  type OpenVersion,
  VERSION_PARTS,
  type VersionWithParts,
  viewOpenVersion,
} from "@/lib/marketplace/versions/open-versions";
import { read } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Version } from "@/lib/platform/prisma/client";

export type VersionCase = {
  version: OpenVersion;
  /** The image to decide on: the one that the tag moved to, or else the version's own. */
  digest: string;
  /** The report of that image; null when it is not known. */
  report: InspectionReport | null;
  /** The image's findings under the current policy. */
  findings: ServedFinding[];
  /**
   * For a moved tag, the accepted image. For a version that a re-inspection holds, the same image with its earlier report.
   * Otherwise the image that was approved last before. Null when there is none.
   */
  comparedWith: { tag: string; digest: string; isEarlierInspection: boolean } | null;
  /** Against everything that the approval covers, or against the earlier inspection. */
  capabilityChanges: CapabilityChange[];
  /** Against `comparedWith`; null where one of the two is not known. */
  difference: ReportDifference | null;
};

export async function getVersionCase(
  ctx: Context,
  input: { repository: string; tag: string },
): Promise<VersionCase> {
  authorize(ctx.actor, "version.decide");
  const repository = parseRepository(input.repository);
  const row = await read(() =>
    ctx.db.prisma.version.findFirst({
      where: { tag: input.tag, current: true, extension: { repository } },
      include: VERSION_PARTS,
    }),
  );
  if (!row) {
    throw new AppError("not_found", `${familiarName(repository)} has no version ${input.tag}.`, {
      suggestion: "Open the entry to see the versions that Gantry found.",
    });
  }
  const digest = row.movedDigest ?? row.digest;
  const envelope = row.extension.entry ? storedEnvelope(row.extension.entry.envelope) : undefined;
  const earlier = row.movedDigest ? undefined : await earlierInspection(ctx, row);
  const comparedWith = row.movedDigest
    ? { tag: row.tag, digest: row.digest, isEarlierInspection: false }
    : earlier
      ? { tag: row.tag, digest, isEarlierInspection: true }
      : lastApproved(envelope, digest);
  const report = await readReport(ctx, row.extensionId, digest);
  const before = earlier ?? (comparedWith && (await readReport(ctx, row.extensionId, comparedWith.digest)));
  const covered = earlier?.capabilities ?? envelope?.capabilities;
  const policy = await read(() => readPolicy(ctx.db.prisma));
  const findings = report ? await findingsOf(ctx, { row, report, policy }) : [];
  return {
    version: viewOpenVersion(row, policy),
    digest,
    report,
    findings: servedFindings(findings, policy),
    comparedWith,
    capabilityChanges: report && covered ? compareCapabilities(covered, report.capabilities) : [],
    difference: before && report ? await compareReports(before, report) : null,
  };
}

type Evaluated = { row: VersionWithParts; report: InspectionReport; policy: Policy };

async function findingsOf(ctx: Context, { row, report, policy }: Evaluated): Promise<Finding[]> {
  const { prisma } = ctx.db;
  const aboutTags = findingsAboutTag(row.tag, storedTagListFacts(row.extension));
  return read(async () => [
    ...currentFindings(report, {
      tag: row.tag,
      aboutTags,
      policy,
      releases: await listDesktopReleases(prisma),
    }),
    ...(await blockedImageFindings(prisma, report)),
  ]);
}

function lastApproved(envelope: Envelope | undefined, digest: string): VersionCase["comparedWith"] {
  const approved = envelope?.approved.findLast((each) => each.digest !== digest);
  return approved ? { ...approved, isEarlierInspection: false } : null;
}

/** The earlier inspector's report on the image of a version that a re-inspection holds. */
async function earlierInspection(ctx: Context, version: Version): Promise<InspectionReport | undefined> {
  if (!isHeldByReinspection(version)) return undefined;
  const { inspectionId: id } = version;
  const found = await read(() =>
    ctx.db.prisma.inspection.findUnique({ where: { id }, select: { previousReport: true } }),
  );
  return reportOf(found?.previousReport ?? null);
}

/** The differences between `report` and another image of its extension; null when that image has no report. */
export async function readDifference(
  ctx: Context,
  input: { repository: string; before: string; report: InspectionReport },
): Promise<ReportDifference | null> {
  authorize(ctx.actor, "submission.decide");
  const repository = parseRepository(input.repository);
  const extension = await read(() => ctx.db.prisma.extension.findUnique({ where: { repository } }));
  const before = extension && (await readReport(ctx, extension.id, input.before));
  return before ? compareReports(before, input.report) : null;
}

async function readReport(
  ctx: Context,
  extensionId: string,
  digest: string,
): Promise<InspectionReport | null> {
  const found = await read(() =>
    ctx.db.prisma.inspection.findUnique({
      where: { extensionId_digest: { extensionId, digest } },
      select: { report: true },
    }),
  );
  return reportOf(found?.report ?? null) ?? null;
}
