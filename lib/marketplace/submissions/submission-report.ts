/** The full report of a submission's last check, beside the earlier approval. */

import { type CapabilityChange, compareCapabilities } from "@/lib/extension/capabilities/named-capabilities";
import { currentFindings } from "@/lib/extension/policy/current-findings";
import { servedFindings } from "@/lib/extension/policy/policy";
import { findingsAboutCandidate } from "@/lib/extension/reference/tag-list-facts";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { blockedImageFindings } from "@/lib/marketplace/blocks/blocked-image-findings";
import {
  storedTagListFacts,
  TAG_LIST_COLUMNS,
  type TagListColumns,
} from "@/lib/marketplace/inspections/tag-list-columns";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { storedEnvelope } from "@/lib/marketplace/rows/json-columns";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { maySee, noSuchSubmission } from "@/lib/marketplace/rows/submission-row";
import { compareVendors, similarVendorFindings } from "@/lib/marketplace/submissions/similar-vendors";
import { isWithheld } from "@/lib/marketplace/submissions/withheld-result";
import { isRowId } from "@/lib/platform/db/row-id";
import { read } from "@/lib/platform/db/transact";

export type SubmissionReport = {
  /** With its findings of today under the current policy. Null until something could be inspected. */
  report: InspectionReport | null;
  /** The version that was approved last before, when this repository had an approval. */
  comparedWith: { tag: string; digest: string } | null;
  /** Against the approval that this repository had before; empty when it never had one. */
  capabilityChanges: CapabilityChange[];
};

export async function getSubmissionReport(ctx: Context, input: { id: string }): Promise<SubmissionReport> {
  authorize(ctx.actor, "submission.read");
  return read(async () => {
    const row = isRowId(input.id)
      ? await ctx.db.prisma.submission.findUnique({
          where: { id: input.id },
          include: {
            inspection: { select: { report: true } },
            extension: { select: { entry: true, ...TAG_LIST_COLUMNS } },
          },
        })
      : null;
    if (!row || !maySee(ctx, row)) throw noSuchSubmission();
    const report = isWithheld(row, ctx.actor) ? undefined : reportOf(row.inspection?.report ?? null);
    const before = row.extension.entry ? storedEnvelope(row.extension.entry.envelope) : undefined;
    const capabilityChanges =
      report && before ? compareCapabilities(before.capabilities, report.capabilities) : [];
    const comparedWith = before?.approved.at(-1) ?? null;
    const judged = report ? await withFindingsOfToday(ctx, report, row) : null;
    return { report: judged, comparedWith, capabilityChanges };
  });
}

/** The Desktop releases, the policy and the listed vendors can have changed since the check. */
async function withFindingsOfToday(
  ctx: Context,
  report: InspectionReport,
  { extension, candidateTag }: { extension: TagListColumns; candidateTag: string | null },
): Promise<InspectionReport> {
  const { prisma } = ctx.db;
  const policy = await readPolicy(prisma);
  const releases = await listDesktopReleases(prisma);
  const claim = { repository: report.repository, vendor: report.labels.vendor };
  const findings = [
    ...currentFindings(report, {
      tag: candidateTag,
      aboutTags: findingsAboutCandidate(candidateTag, storedTagListFacts(extension)),
      releases,
      policy,
    }),
    ...(await similarVendorFindings(prisma, claim, await compareVendors(prisma, claim))),
    ...(await blockedImageFindings(prisma, report)),
  ];
  return { ...report, findings: servedFindings(findings, policy) };
}
