/** What a submission's last check learned, whole, beside what the allow-list approved before. */

import type { InspectionReport } from "@/lib/extension/inspection-report";
import { type CapabilityChange, compareCapabilities } from "@/lib/extension/named-capabilities";
import { releaseFindings } from "@/lib/extension/release-findings";
import { authorise } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { listDesktopReleases } from "@/lib/marketplace/desktop-releases";
import { storedEnvelope } from "@/lib/marketplace/stored";
import { readPolicy } from "@/lib/marketplace/stored-policy";
import { reportOf } from "@/lib/marketplace/stored-report";
import { isUuid, maySee, noSuchSubmission } from "@/lib/marketplace/submission-row";
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
    const row = isUuid(input.id)
      ? await ctx.db.prisma.submission.findUnique({
          where: { id: input.id },
          include: { inspection: { select: { report: true } }, extension: { select: { entry: true } } },
        })
      : null;
    if (!row || !maySee(ctx, row)) throw noSuchSubmission();
    const report = reportOf(row.inspection?.report ?? null);
    const before = row.extension.entry ? storedEnvelope(row.extension.entry.envelope) : undefined;
    const capabilityChanges =
      report && before ? compareCapabilities(before.capabilities, report.capabilities) : [];
    const comparedWith = before?.approved.at(-1) ?? null;
    const judged = report ? await withReleaseFindings(ctx, report) : null;
    return { report: judged, comparedWith, capabilityChanges };
  });
}

/** The table of Desktop releases may have grown since the check. */
async function withReleaseFindings(ctx: Context, report: InspectionReport): Promise<InspectionReport> {
  const releases = await listDesktopReleases(ctx.db.prisma);
  const { bareApiVersion } = await readPolicy(ctx.db.prisma);
  const found = releaseFindings(report.requirements, releases, bareApiVersion);
  return { ...report, findings: [...report.findings, ...found] };
}
