import type { CatalogRecords } from "@/lib/catalog/views/records";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { NO_TAG_LIST_FACTS } from "@/lib/extension/reference/tag-list-facts";
import { imageDigests } from "@/lib/extension/report/image-digests";
import type { BlockRecord, ExtensionRecord, VersionRecord } from "@/lib/marketplace/public-records";
import type { EntryFacts } from "@/lib/marketplace/rows/entry-facts";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { RELEASES } from "@/tests/builders/desktop-releases";
import { inspectionReport, type ReportChanges } from "@/tests/builders/inspection-report";

export type VersionChanges = Partial<Omit<VersionRecord, "inspection">> & { report?: ReportChanges };

/** A listed version under its own text as tag. */
export function versionRecord(tag: string, { report, ...changes }: VersionChanges = {}): VersionRecord {
  const made = inspectionReport(changes.digest ?? `${report?.repository ?? ""} ${tag}`, report);
  return {
    tag,
    semver: tag.replace(/^v/, ""),
    digest: made.digest,
    visibility: "listed",
    current: true,
    // What the database gives back: plain JSON, without the text of metadata.json.
    inspection: { state: "inspected", report: JSON.parse(JSON.stringify(made)) },
    reason: null,
    blockLevel: changes.visibility === "blocked" ? "hard" : null,
    listedAt: "2026-11-01T08:00:00.000Z",
    moved: null,
    missingSince: null,
    ...changes,
  };
}

export type ExtensionChanges = Partial<Omit<ExtensionRecord, "entry" | "versions">> & {
  entry?: Partial<EntryFacts>;
  versions?: readonly VersionRecord[];
};

/** An extension in force that follows every version; `repository` in canonical form. */
export function extensionRecord(
  repository: string,
  { entry, versions, ...changes }: ExtensionChanges = {},
): ExtensionRecord {
  return {
    repository,
    revision: 1n,
    deprecated: null,
    movedTo: null,
    tagList: NO_TAG_LIST_FACTS,
    unavailable: null,
    entry: {
      state: "active",
      track: "follow",
      range: null,
      pinTag: null,
      pinDigest: null,
      expiresAt: null,
      since: new Date("2026-11-01T08:00:00Z"),
      ...entry,
    },
    versions: versions ?? [versionRecord("1.0.0", { report: { repository } })],
    withdrawn: [],
    hiddenTags: [],
    ...changes,
  };
}

export function catalogRecords(
  extensions: readonly ExtensionRecord[],
  changes: Partial<Omit<CatalogRecords, "extensions">> = {},
): CatalogRecords {
  return {
    revision: 1n,
    raisedAt: new Date("2026-11-01T08:00:00Z"),
    wholeRevision: 0n,
    policy: DEFAULT_POLICY,
    releases: RELEASES,
    blocks: changes.blocks ?? blocksIn(extensions),
    extensions: new Map(extensions.map((record) => [record.repository, record])),
    ...changes,
  };
}

/** A block for every blocked image, as the act that blocked it leaves one. */
export function blocksIn(extensions: readonly ExtensionRecord[]): BlockRecord[] {
  return extensions.flatMap(({ repository, versions, withdrawn }) => {
    const place = (tag: string) => ({ repository, tag });
    const current = versions.filter(isBlocked).map(({ tag, digest, reason, blockLevel, inspection }) => ({
      ...place(tag),
      digest,
      digests: imageDigests(digest, reportOf(inspection.report)?.platforms),
      level: blockLevel ?? "hard",
      reason: reason?.message ?? "Blocked.",
    }));
    const earlier = withdrawn
      .filter(isBlocked)
      .map(({ tag, digest, platformDigests, reason, blockLevel }) => ({
        ...place(tag),
        digest,
        digests: [...new Set([digest, ...platformDigests])],
        level: blockLevel ?? "hard",
        reason: reason?.message ?? "Blocked.",
      }));
    return [...current, ...earlier];
  });
}

function isBlocked({ visibility }: { visibility: string }): boolean {
  return visibility === "blocked";
}
