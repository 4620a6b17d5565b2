import type { InspectionReport } from "@/lib/extension/inspection-report";
import { type ListingVerdict, listingVerdict } from "@/lib/extension/listing-verdict";
import type { Policy } from "@/lib/extension/policy";
import { highTagFindingsOf } from "@/lib/marketplace/high-tag";
import { storedEnvelope } from "@/lib/marketplace/stored";
import type { Entry, Extension } from "@/lib/platform/prisma/client";

export type VersionToJudge = {
  extension: Extension;
  entry: Entry;
  policy: Policy;
  tag: string;
  report: InspectionReport;
};

/** What policy and envelope make of a version whose image was inspected, as long as no person decides otherwise. */
export function judgeVersion({ extension, entry, policy, tag, report }: VersionToJudge): ListingVerdict {
  return listingVerdict({
    policy,
    envelope: storedEnvelope(entry.envelope),
    tag,
    digest: report.digest,
    capabilities: report.capabilities,
    findings: [...report.findings, ...highTagFindingsOf(extension, tag)],
    state: report.state,
    partialProof: report.metadata?.proof === "partial" || report.compose?.proof === "partial",
  });
}
