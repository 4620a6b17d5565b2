/** What a submission's last check learned, whole, beside what the allow-list approved before. */

import { type CapabilityChange, compareCapabilities } from "@/lib/extension/capabilities/named-capabilities";
import { releaseFindings } from "@/lib/extension/desktop/release-findings";
import type { Finding } from "@/lib/extension/findings/finding";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { authorise } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { blockedImageFindings } from "@/lib/marketplace/blocks/blocked-image-findings";
import { HIGH_TAG_COLUMNS, highTagFindings } from "@/lib/marketplace/inspections/high-tag";
import { listDesktopReleases } from "@/lib/marketplace/publishing/desktop-releases";
import { storedEnvelope } from "@/lib/marketplace/rows/stored";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { maySee, noSuchSubmission } from "@/lib/marketplace/rows/submission-row";
import { similarVendorFindings } from "@/lib/marketplace/submissions/similar-vendors";
import { isRowId } from "@/lib/platform/db/row-id";
import { read } from "@/lib/platform/db/transact";

export type SubmissionReport = {
  /** Null until something could be inspected. */
  report: InspectionReport | null;
  /** The version that was approved last before, when this repository had an approval. */
  comparedWith: { tag: string; digest: string } | null;
  /** Against the approval that this repository had before; empty when it never had one. */
  capabilityChanges: CapabilityChange[];
};

export async function getSubmissionReport(ctx: Context, input: { id: string }): Promise<SubmissionReport> {
  authorise(ctx.actor, "submission.read");
  return read(async () => {
    const row = isRowId(input.id)
      ? await ctx.db.prisma.submission.findUnique({
          where: { id: input.id },
          include: {
            inspection: { select: { report: true } },
            extension: { select: { entry: true, ...HIGH_TAG_COLUMNS } },
          },
        })
      : null;
    if (!row || !maySee(ctx, row)) throw noSuchSubmission();
    const report = reportOf(row.inspection?.report ?? null);
    const before = row.extension.entry ? storedEnvelope(row.extension.entry.envelope) : undefined;
    const capabilityChanges =
      report && before ? compareCapabilities(before.capabilities, report.capabilities) : [];
    const comparedWith = before?.approved.at(-1) ?? null;
    const judged = report ? await withFindingsOfToday(ctx, report, highTagFindings(row.extension)) : null;
    return { report: judged, comparedWith, capabilityChanges };
  });
}

/** The table of Desktop releases, the policy and what is listed may have changed since the check. */
async function withFindingsOfToday(
  ctx: Context,
  report: InspectionReport,
  aboutTags: readonly Finding[],
): Promise<InspectionReport> {
  const { prisma } = ctx.db;
  const { bareApiVersion } = await readPolicy(prisma);
  const found = [
    ...aboutTags,
    ...releaseFindings(report.requirements, await listDesktopReleases(prisma), bareApiVersion),
    ...(await similarVendorFindings(prisma, report.repository, report.labels.vendor)),
    ...(await blockedImageFindings(prisma, report)),
  ];
  return { ...report, findings: [...report.findings, ...found] };
}
