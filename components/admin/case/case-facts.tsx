import { platformTitle } from "@/components/admin/case/label-rows";
import { byteSize } from "@/components/text/byte-size";
import { DigestText } from "@/components/text/digest-text";
import { ForeignText } from "@/components/text/foreign-text";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Time } from "@/components/ui/time";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

type CaseFactsProps = { submission: SubmissionView; report: InspectionReport | null };

/** The main facts of a submission. */
export function CaseFacts({ submission, report }: CaseFactsProps) {
  const { candidate, submitter, createdAt } = submission;
  return (
    <Card>
      <DefinitionList
        items={[
          ...(candidate
            ? [
                {
                  term: "Image",
                  details: (
                    <>
                      <code className="font-mono break-all">
                        {submission.repository}:{candidate.tag}
                      </code>
                      <br />
                      <DigestText digest={candidate.digest} copyLabel="Copy the digest of the image" whole />
                    </>
                  ),
                },
              ]
            : []),
          ...(report ? reportFacts(report) : []),
          {
            term: "Submitted",
            details: (
              <>
                by <bdi>{submitter.name}</bdi> <Time at={createdAt} />
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** The main facts of an inspection report. */
export function reportFacts(report: InspectionReport) {
  const { labels, platforms, requirements, attestations, cost } = report;
  const ranges = [...new Set(requirements.map(({ raw }) => raw ?? "none"))];
  const proofs = [attestations.provenance ? "provenance" : null, attestations.sbom ? "SBOM" : null];
  return [
    { term: "Vendor", details: <ForeignText text={labels.vendor ?? "Not provided"} /> },
    { term: "Description", details: <ForeignText text={labels.description ?? "Not provided"} /> },
    { term: "Extension API", details: <ForeignText text={ranges.join(" · ")} code /> },
    {
      term: "Platforms",
      details: <ForeignText text={platforms.map(platformTitle).join(", ") || "None"} code />,
    },
    { term: "Image size", details: byteSize(Math.max(0, ...platforms.map(({ sizeBytes }) => sizeBytes))) },
    { term: "Inspected", details: `${byteSize(cost.bytes)} of ${byteSize(cost.imageBytes)}` },
    { term: "Attestations", details: proofs.filter((proof) => proof !== null).join(", ") || "None" },
  ];
}
