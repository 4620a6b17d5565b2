/** Documents about one version: the summary for lists, and the full document. */

import type { PlatformDocument, VersionDocument, VersionSummary } from "@/lib/catalog/documents/documents";
import type { EvaluationContext } from "@/lib/catalog/documents/evaluation-context";
import type { KnownVersion, PublicReport } from "@/lib/catalog/documents/known-version";
import { requirementDocument } from "@/lib/catalog/documents/requirement-document";
import { type PublisherText, renderedText } from "@/lib/catalog/rendered-text";
import { currentFindings } from "@/lib/extension/policy/current-findings";
import { servedFindings } from "@/lib/extension/policy/policy";
import { EXPECTED_PLATFORMS, UNKNOWN_PLATFORM } from "@/lib/extension/reference/platform";
import { channelOf } from "@/lib/extension/reference/semver";
import { findingsAboutTag, type TagListFacts } from "@/lib/extension/reference/tag-list-facts";
import type { VersionRecord } from "@/lib/marketplace/public-records";
import type { EntryState } from "@/lib/marketplace/rows/entry-facts";

export function versionSummary(
  { record, version, report }: KnownVersion,
  by: EvaluationContext,
): VersionSummary {
  return {
    tag: record.tag,
    version: version.text,
    channel: channelOf(version),
    digest: record.digest,
    listedAt: record.listedAt,
    requirement: requirementDocument(report.requirements, by),
    platforms: installablePlatforms(report).map(platformDocument),
  };
}

/** Without those whose index and config disagree: their platform is unknown, and no host is offered them. */
export function installablePlatforms({ platforms }: PublicReport): PublicReport["platforms"] {
  return platforms.filter(({ os }) => os !== UNKNOWN_PLATFORM.os);
}

export type VersionParts = {
  /** The familiar name. */
  repository: string;
  known: KnownVersion;
  /** Why it is not offered; null when it is. */
  reason: VersionDocument["reason"];
  /** The other version tags of the same image. */
  aliases: string[];
  tagList: TagListFacts;
};

/** The text that `versionDocument` renders. */
export function changelogOf({ labels, media }: PublicReport): PublisherText {
  return { source: labels.changelog, media };
}

export function versionDocument(
  { repository, known, reason, aliases, tagList }: VersionParts,
  by: EvaluationContext,
): VersionDocument {
  const { record, report } = known;
  const aboutTags = findingsAboutTag(record.tag, tagList);
  return {
    repository,
    ...versionSummary(known, by),
    reference: `${repository}@${record.digest}`,
    visibility: record.visibility,
    reason,
    moved: record.moved,
    missingSince: record.missingSince,
    availability: availabilityOf(record),
    aliases,
    attestations: report.attestations,
    supplyChain: report.supplyChain,
    capabilities: report.capabilities,
    findings: servedFindings(currentFindings(report, { ...by, tag: record.tag, aboutTags }), by.policy),
    labels: referencePlatform(report)?.labels ?? {},
    metadata: metadataDocument(report),
    // Rendered on access, because lists of versions need everything else but not this.
    get changelog() {
      return renderedText(changelogOf(report));
    },
  };
}

function availabilityOf({ moved, missingSince }: VersionRecord): VersionDocument["availability"] {
  if (missingSince !== null) return "unavailable";
  return moved === null ? "available" : "moved";
}

/** Why no host is offered this version; null when some host can be. The strongest reason wins. */
export function whyNotOffered(
  known: KnownVersion,
  state: EntryState,
  admitted: boolean,
): VersionDocument["reason"] {
  const { record } = known;
  if (record.visibility !== "listed") {
    return record.reason ?? { code: record.visibility, message: `This version was ${record.visibility}.` };
  }
  if (state !== "active") return entryReason(state);
  if (admitted) return null;
  return { code: "outside_track", message: "The allow-list allows only other versions of this extension." };
}

/** Why an extension whose entry is not active is not offered. */
export function entryReason(state: Exclude<EntryState, "active">): { code: string; message: string } {
  switch (state) {
    case "suspended":
      return { code: "entry_suspended", message: "This extension is temporarily suspended." };
    case "expired":
      return { code: "entry_expired", message: "The approval of this extension has expired." };
    case "revoked":
      return { code: "entry_revoked", message: "This extension is no longer approved here." };
  }
}

export function platformDocument(platform: PublicReport["platforms"][number]): PlatformDocument {
  const { os, architecture, variant, digest, sizeBytes } = platform;
  return { os, architecture, variant, digest, size: sizeBytes };
}

/** The platform whose labels represent the image, as the inspection chose it. */
export function referencePlatform(report: PublicReport): PublicReport["platforms"][number] | undefined {
  const expected = EXPECTED_PLATFORMS.flatMap(({ os, architecture }) =>
    report.platforms.filter((has) => has.os === os && has.architecture === architecture && !has.variant),
  );
  return expected[0] ?? report.platforms[0];
}

export function metadataDocument({ metadata }: PublicReport): VersionDocument["metadata"] {
  if (metadata === null) return null;
  const { icon, ui, vm, hostBinaries } = metadata.document;
  return { icon, ui, vm, hostBinaries, proof: metadata.proof, layer: metadata.layer };
}
