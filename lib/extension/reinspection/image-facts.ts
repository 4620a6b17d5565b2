import type { Finding } from "@/lib/extension/findings/finding";
import type { FindingCode } from "@/lib/extension/findings/finding-codes";
import { plainText } from "@/lib/extension/reinspection/plain-text";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";

/** Findings about things outside the image: other servers can answer differently every day. */
const OUTSIDE: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "media_unreachable",
  "media_unusable",
  "media_not_checked",
  "media_small",
  "media_animated",
  "link_dead",
  "links_not_checked",
  "backend_image_missing",
  "backend_image_platform_missing",
  "backend_image_not_checked",
  "provenance_missing",
]);

/** Whether a finding is about media, links, backend images or attestations, which the digest does not determine. */
export function isOutside({ code }: Pick<Finding, "code">): boolean {
  return OUTSIDE.has(code);
}

/**
 * Identifies a finding by its code and evidence. Sentences are excluded, including the `why` of the evidence, because
 * changed wording does not make a new finding.
 */
export function findingKey({ code, evidence }: Finding): string {
  const { why: _why, ...facts } = evidence;
  return `${code} ${plainText(facts)}`;
}

/**
 * The facts of a report about the image itself, as comparable text. Cost, wording, versions and everything outside the
 * image are excluded, and an absent value equals an empty one.
 */
export function imageFacts(report: InspectionReport): string {
  const { mediaType, state, platforms, labels, requirements, metadata, compose, icon, capabilities } = report;
  const findings = report.findings.filter((finding) => !isOutside(finding)).map(findingKey);
  return plainText({
    ...{ mediaType, state, platforms, labels, requirements, metadata, compose, capabilities },
    icon: icon && { path: icon.path, layer: icon.layer },
    findings: [...new Set(findings)].sort(),
  });
}
