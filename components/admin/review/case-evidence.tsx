import { CaseSection } from "@/components/admin/case/case-section";
import { VersionDifference } from "@/components/admin/difference/version-difference";
import { CapabilityChanges, type ComparedWith } from "@/components/admin/review/capability-changes";
import { LabelTable } from "@/components/admin/review/label-table";
import { PlatformTable } from "@/components/admin/review/platform-table";
import { type ListingMedia, ListingMediaPreview } from "@/components/preflight/listing-media";
import { CapabilityList } from "@/components/report/capability-list";
import { FindingList } from "@/components/report/finding-list";
import { SupplyChainList } from "@/components/report/supply-chain-list";
import { ForeignText } from "@/components/text/foreign-text";
import { CodeBlock } from "@/components/ui/code-block";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { CapabilityChange } from "@/lib/extension/capabilities/named-capabilities";
import type { ReportDifference } from "@/lib/extension/difference/report-difference";
import type { Finding } from "@/lib/extension/findings/finding";
import type { ComposeReport, InspectionReport } from "@/lib/extension/report/inspection-report";
import { visible } from "@/lib/extension/text/quoted";

export type CaseEvidenceProps = {
  findings: readonly Finding[];
  /** Null until an image was inspected. */
  report: InspectionReport | null;
  /** Null if no version of this extension was approved before. */
  comparedWith: ComparedWith | null;
  capabilityChanges: CapabilityChange[];
  /** The differences from `comparedWith`; null if its image is no longer known. */
  difference: ReportDifference | null;
  media: ListingMedia | undefined;
};

/** The evidence of a check, most severe first, with what is new marked. */
export function CaseEvidence({ findings, report, ...more }: CaseEvidenceProps) {
  return (
    <>
      <CaseSection id="findings" title="Findings" framed={false}>
        {findings.length === 0 ? (
          <p className="flex gap-2">
            <Icon name="check-circle" className="mt-0.5 size-5 text-success" />
            {report ? "No findings." : "No image has been inspected yet."}
          </p>
        ) : (
          <FindingList findings={findings} evidence />
        )}
      </CaseSection>
      {report ? <Report report={report} {...more} /> : null}
    </>
  );
}

type ReportProps = Omit<CaseEvidenceProps, "findings"> & { report: InspectionReport };

function Report({ report, comparedWith, capabilityChanges, difference, media }: ReportProps) {
  const added = capabilityChanges.filter(({ change }) => change === "added");
  return (
    <>
      {comparedWith === null ? null : <VersionDifference tag={comparedWith.tag} difference={difference} />}
      <CaseSection id="capabilities" title="Capabilities" framed={false}>
        <div className="space-y-4">
          <CapabilityChanges comparedWith={comparedWith} capabilityChanges={capabilityChanges} />
          <div className="rounded-lg border border-line bg-surface px-4 py-1 sm:px-5">
            <CapabilityList capabilities={report.capabilities} added={new Set(added.map(({ key }) => key))} />
          </div>
        </div>
      </CaseSection>
      {media && media.checked.length > 0 ? (
        <CaseSection id="media" title="Images and links">
          <ListingMediaPreview {...media} />
        </CaseSection>
      ) : null}
      <CaseSection id="platforms" title="Platforms" framed={false}>
        <PlatformTable platforms={report.platforms} />
      </CaseSection>
      <CaseSection id="supply-chain" title="Build and signatures">
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
  if (metadata === null) return <Notice tone="warning" title="No usable metadata.json found in the image" />;
  return (
    <div className="space-y-3">
      {metadata.proof === "partial" ? (
        <Notice tone="warning" title="Not confirmed">
          Some layers couldn’t be read. They may contain another metadata.json that replaces this one.
        </Notice>
      ) : null}
      <CodeBlock label="Text of metadata.json" code={<ForeignText text={metadata.text} code />} />
    </div>
  );
}

function ComposeTexts({ compose }: { compose: ComposeReport }) {
  return (
    <div className="space-y-3">
      {compose.proof === "partial" ? (
        <Notice tone="warning" title="Not confirmed">
          Some layers couldn’t be read. They may contain files that replace these.
        </Notice>
      ) : null}
      {[compose, ...compose.files].map(({ path, text }) => (
        <div key={path} className="space-y-1">
          <h3 className="font-mono text-sm break-all text-ink-soft">
            <ForeignText text={path} code />
          </h3>
          <CodeBlock label={`Text of ${visible(path, 200)}`} code={<ForeignText text={text} code />} />
        </div>
      ))}
    </div>
  );
}
