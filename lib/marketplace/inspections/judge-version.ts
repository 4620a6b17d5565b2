import type { Envelope } from "@/lib/extension/capabilities/envelope";
import type { Releases } from "@/lib/extension/desktop/desktop-release";
import { currentFindings } from "@/lib/extension/policy/current-findings";
import { type ListingVerdict, listingVerdict } from "@/lib/extension/policy/listing-verdict";
import type { Policy } from "@/lib/extension/policy/policy";
import { findingsAboutTag } from "@/lib/extension/reference/tag-list-facts";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { storedTagListFacts, type TagListColumns } from "@/lib/marketplace/inspections/tag-list-columns";

export type JudgedVersion = {
  extension: TagListColumns;
  policy: Policy;
  releases: Releases;
  envelope: Envelope;
  tag: string;
  report: InspectionReport;
};

/** The verdict of policy and envelope on an inspected version, by all of its findings today. */
export function judgeVersion({
  extension,
  policy,
  releases,
  envelope,
  tag,
  report,
}: JudgedVersion): ListingVerdict {
  return listingVerdict({
    policy,
    envelope,
    tag,
    digest: report.digest,
    capabilities: report.capabilities,
    findings: currentFindings(report, {
      tag,
      aboutTags: findingsAboutTag(tag, storedTagListFacts(extension)),
      releases,
      policy,
    }),
    state: report.state,
    partialProof: report.metadata?.proof === "partial" || report.compose?.proof === "partial",
  });
}
