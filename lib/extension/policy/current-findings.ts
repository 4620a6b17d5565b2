import { composeVersionFindings } from "@/lib/extension/desktop/compose-version-findings";
import type { Releases } from "@/lib/extension/desktop/desktop-release";
import { releaseFindings } from "@/lib/extension/desktop/release-findings";
import type { Finding } from "@/lib/extension/findings/finding";
import type { Policy } from "@/lib/extension/policy/policy";
import type { ComposeReport, InspectionReport } from "@/lib/extension/report/inspection-report";
import { versionLabelFindings } from "@/lib/extension/report/version-label";

/**
 * What can change without a new image. `tag`: the inspected one, null if only a digest was given. `aboutTags`: findings
 * about the tag list of the repository.
 */
export type CurrentFacts = {
  tag: string | null;
  aboutTags: readonly Finding[];
  releases: Releases;
  policy: Pick<Policy, "bareApiVersion">;
};

type CurrentReport = Pick<InspectionReport, "findings" | "requirements" | "platforms"> & {
  compose: Pick<ComposeReport, "newKeys"> | null;
};

/**
 * The findings of an inspected image today, before a policy sets their severity. Pre-flights, the command line,
 * submissions, reviews and the catalog all have this list, in this order. Only what requires the whole catalog comes
 * on top: blocks, and vendors with a similar name.
 */
export function currentFindings(
  report: CurrentReport,
  { tag, aboutTags, releases, policy }: CurrentFacts,
): Finding[] {
  return [
    ...report.findings,
    ...aboutTags,
    ...(tag === null ? [] : versionLabelFindings(report.platforms, tag)),
    ...releaseFindings(report.requirements, releases, policy.bareApiVersion),
    ...composeVersionFindings(report, releases, policy.bareApiVersion),
  ];
}
