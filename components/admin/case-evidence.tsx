import { CapabilityChanges } from "@/components/admin/capability-changes";
import { CaseSection } from "@/components/admin/case-section";
import { LabelTable } from "@/components/admin/label-table";
import { PlatformTable } from "@/components/admin/platform-table";
import { CapabilityList } from "@/components/catalog/capability-list";
import { FindingList } from "@/components/catalog/finding-list";
import { SkippedTags } from "@/components/catalog/skipped-tags";
import { SupplyChainList } from "@/components/catalog/supply-chain-list";
import { CodeBlock } from "@/components/ui/code-block";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { ComposeReport, InspectionReport } from "@/lib/extension/inspection-report";
import type { SubmissionReport } from "@/lib/marketplace/submission-report";
import type { SubmissionView } from "@/lib/marketplace/submission-view";

type CaseEvidenceProps = { submission: SubmissionView; inspected: SubmissionReport };

/** Everything that the check saw, worst first. */
export function CaseEvidence({ submission, inspected }: CaseEvidenceProps) {
  const { report } = inspected;
  return (
    <>
      <CaseSection id="findings" title="Findings" framed={false}>
        {submission.findings.length === 0 ? (
          <p className="flex gap-2">
            <Icon name="check-circle" className="mt-0.5 size-5 text-success" />
            {report ? "The check found nothing." : "Nothing has been inspected yet."}
          </p>
        ) : (
          <FindingList findings={submission.findings} evidence />
        )}
      </CaseSection>
      {report ? <Report report={report} inspected={inspected} /> : null}
      <SkippedTags tags={submission.skippedTags} />
    </>
  );
}

function Report({ report, inspected }: { report: InspectionReport; inspected: SubmissionReport }) {
  const added = inspected.capabilityChanges.filter(({ change }) => change === "added");
  return (
    <>
      <CaseSection id="capabilities" title="Capabilities" framed={false}>
        <div className="space-y-4">
          <CapabilityChanges {...inspected} />
          <div className="rounded-lg border border-line bg-surface px-4 py-1 sm:px-5">
            <CapabilityList capabilities={report.capabilities} added={new Set(added.map(({ key }) => key))} />
          </div>
        </div>
      </CaseSection>
      <CaseSection id="platforms" title="Platforms" framed={false}>
        <PlatformTable platforms={report.platforms} />
      </CaseSection>
      <CaseSection id="supply-chain" title="Where it comes from">
        <SupplyChainList supplyChain={report.supplyChain} />
      </CaseSection>
      <CaseSection id="labels" title="Labels">
        <LabelTable platforms={report.platforms} />
      </CaseSection>
      <CaseSection id="metadata" title="metadata.json" framed={false}>
        <MetadataText metadata={report.metadata} />
      </CaseSection>
      {report.compose === null ? null : (
        <CaseSection id="compose" title="Compose files" framed={false}>
          <ComposeTexts compose={report.compose} />
        </CaseSection>
      )}
    </>
  );
}

function MetadataText({ metadata }: { metadata: InspectionReport["metadata"] }) {
  if (metadata === null)
    return <Notice tone="warning" title="No usable metadata.json was found in the image" />;
  return (
    <div className="space-y-3">
      {metadata.proof === "partial" ? (
        <Notice tone="warning" title="Not proven">
          Some layers could not be read, so another metadata.json may hide or replace this one.
        </Notice>
      ) : null}
      <CodeBlock label="Text of metadata.json" code={metadata.text} />
    </div>
  );
}

function ComposeTexts({ compose }: { compose: ComposeReport }) {
  return (
    <div className="space-y-3">
      {compose.proof === "partial" ? (
        <Notice tone="warning" title="Not proven">
          Some layers could not be read, so other files may hide or replace these.
        </Notice>
      ) : null}
      {[compose, ...compose.files].map(({ path, text }) => (
        <div key={path} className="space-y-1">
          <h3 className="font-mono text-sm break-all text-ink-soft">{path}</h3>
          <CodeBlock label={`Text of ${path}`} code={text} />
        </div>
      ))}
    </div>
  );
}
