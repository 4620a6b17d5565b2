import type { Releases } from "@/lib/extension/desktop/desktop-release";
import { releaseFindings } from "@/lib/extension/desktop/release-findings";
import type { Finding } from "@/lib/extension/findings/finding";
import type { Policy } from "@/lib/extension/policy/policy";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";

/** What can change without a new image. `aboutTags`: findings about the tag list of the repository. */
export type CurrentFacts = {
  aboutTags: readonly Finding[];
  releases: Releases;
  policy: Pick<Policy, "bareApiVersion">;
};

/**
 * The findings of an inspected image today, before a policy sets their severity. Pre-flights, the command line,
 * submissions, reviews and the catalog all have this list, in this order. Only what requires the whole catalog comes
 * on top: blocks, and vendors with a similar name.
 */
export function currentFindings(
  { findings, requirements }: Pick<InspectionReport, "findings" | "requirements">,
  { aboutTags, releases, policy }: CurrentFacts,
): Finding[] {
  return [...findings, ...aboutTags, ...releaseFindings(requirements, releases, policy.bareApiVersion)];
}
