import type { BlockedDigests } from "@/lib/catalog/documents/blocked-digests";
import {
  type CheckedMediaDocument,
  checkedMediaDocuments,
} from "@/lib/catalog/documents/checked-media-document";
import type {
  PlatformDocument,
  RequirementDocument,
  VersionDocument,
} from "@/lib/catalog/documents/documents";
import type { EvaluationContext } from "@/lib/catalog/documents/evaluation-context";
import type { PublicReport } from "@/lib/catalog/documents/known-version";
import { requirementDocument } from "@/lib/catalog/documents/requirement-document";
import {
  metadataDocument,
  platformDocument,
  referencePlatform,
} from "@/lib/catalog/documents/version-document";
import type { Finding } from "@/lib/extension/findings/finding";
import type { Screenshot } from "@/lib/extension/labels/label-lists";
import { blockedImageFinding, strictestFirst } from "@/lib/extension/policy/block";
import { currentFindings } from "@/lib/extension/policy/current-findings";
import type { ServedFinding } from "@/lib/extension/policy/policy";
import { servedFindings } from "@/lib/extension/policy/policy";
import { type PreflightOutcome, preflightOutcome } from "@/lib/extension/policy/preflight-outcome";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import { classifyTag } from "@/lib/extension/reference/tag";
import { imageDigests } from "@/lib/extension/report/image-digests";
import type { InspectionReport, InspectionState } from "@/lib/extension/report/inspection-report";
import type { SupplyChainReport } from "@/lib/extension/report/supply-chain-report";
import { runTask } from "@/lib/platform/threads/task-threads";
import { RENDER_TEXT } from "@/lib/safe-html/safe-html";

export type ComposeDocument = {
  path: string;
  layer: string;
  /** The other files that it needs. */
  files: { path: string; layer: string }[];
  proof: "full" | "partial";
};

/** A pre-flight as clients receive it. Absent values are null. */
export type InspectionDocument = {
  /** By digest: exactly what was inspected. */
  reference: string;
  repository: string;
  digest: string;
  mediaType: string;
  tag: string | null;
  /** The version named by the tag; null when the tag is not a version. */
  version: string | null;
  outcome: PreflightOutcome;
  state: InspectionState;
  title: string | null;
  vendor: string | null;
  description: string | null;
  /** Safe HTML. */
  detailedDescription: string | null;
  /** Safe HTML. */
  changelog: string | null;
  categories: string[];
  licenses: string | null;
  /** URLs from the label, on the publisher's servers: a pre-flight stores no images. */
  screenshots: Screenshot[];
  media: CheckedMediaDocument[];
  platforms: PlatformDocument[];
  /** From the reference platform, verbatim: untrusted text. */
  labels: Record<string, string>;
  metadata: VersionDocument["metadata"];
  /** The Compose project named by metadata.json: the paths of its files, not their content. */
  compose: ComposeDocument | null;
  requirement: RequirementDocument;
  attestations: { provenance: boolean; sbom: boolean };
  /** Present, not verified. */
  supplyChain: SupplyChainReport;
  capabilities: VersionDocument["capabilities"];
  findings: ServedFinding[];
  cost: InspectionReport["cost"];
};

/** `tag`: the requested tag, or the one chosen from the repository. `blocked`: findings about blocks of the image. */
export async function inspectionDocument(
  { tag, report, blocked = [] }: { tag: string | null; report: PublicReport; blocked?: readonly Finding[] },
  by: EvaluationContext,
): Promise<InspectionDocument> {
  const repository = familiarName(parseRepository(report.repository));
  const findings = [...currentFindings(report, { ...by, tag, aboutTags: [] }), ...blocked];
  const { labels } = report;
  return {
    reference: `${repository}@${report.digest}`,
    repository,
    digest: report.digest,
    mediaType: report.mediaType,
    tag,
    version: versionOf(tag),
    outcome: preflightOutcome({ state: report.state, findings }, by.policy),
    state: report.state,
    title: labels.title,
    vendor: labels.vendor,
    description: labels.description,
    detailedDescription: await safe(labels.detailedDescription),
    changelog: await safe(labels.changelog),
    categories: labels.categories,
    licenses: labels.licenses,
    screenshots: labels.screenshots,
    media: checkedMediaDocuments(report.media),
    platforms: report.platforms.map(platformDocument),
    labels: referencePlatform(report)?.labels ?? {},
    metadata: metadataDocument(report),
    compose: composeDocument(report),
    requirement: requirementDocument(report.requirements, by),
    attestations: report.attestations,
    supplyChain: report.supplyChain,
    capabilities: report.capabilities,
    findings: servedFindings(findings, by.policy),
    cost: report.cost,
  };
}

/** The same, evaluated by this instance: includes the blocks that currently cover the image. */
export function inspectionHere(
  { tag, report }: { tag: string | null; report: PublicReport },
  { evaluation, blockedDigests }: { evaluation: EvaluationContext; blockedDigests: BlockedDigests },
): Promise<InspectionDocument> {
  const blocks = imageDigests(report.digest, report.platforms).flatMap((one) => blockedDigests(one) ?? []);
  const blocked = strictestFirst(blocks).slice(0, 1).map(blockedImageFinding);
  return inspectionDocument({ tag, report, blocked }, evaluation);
}

/** Drops the file contents, which a report that was not stored still has. */
function composeDocument({ compose }: PublicReport): ComposeDocument | null {
  if (compose === null) return null;
  const { path, layer, files, proof } = compose;
  return { path, layer, files: files.map((file) => ({ path: file.path, layer: file.layer })), proof };
}

function versionOf(tag: string | null): string | null {
  const classified = tag === null ? undefined : classifyTag(tag);
  return classified?.kind === "version" ? classified.version.text : null;
}

async function safe(source: string | null): Promise<string | null> {
  return source === null ? null : runTask(RENDER_TEXT, { source });
}
