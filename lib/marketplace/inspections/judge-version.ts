import type { Envelope } from "@/lib/extension/capabilities/envelope";
import { type ListingVerdict, listingVerdict } from "@/lib/extension/policy/listing-verdict";
import type { Policy } from "@/lib/extension/policy/policy";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { type ShadowingColumns, shadowingFindingsOf } from "@/lib/marketplace/inspections/shadowing-version";

export type JudgedVersion = {
  extension: ShadowingColumns;
  policy: Policy;
  envelope: Envelope;
  tag: string;
  report: InspectionReport;
};

/** The verdict of policy and envelope on an inspected version, including findings about the tag list. */
export function judgeVersion({ extension, policy, envelope, tag, report }: JudgedVersion): ListingVerdict {
  return listingVerdict({
    policy,
    envelope,
    tag,
    digest: report.digest,
    capabilities: report.capabilities,
    findings: [...report.findings, ...shadowingFindingsOf(extension, tag)],
    state: report.state,
    partialProof: report.metadata?.proof === "partial" || report.compose?.proof === "partial",
  });
}
