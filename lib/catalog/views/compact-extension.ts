import type { ExtensionSummary } from "@/lib/catalog/documents/documents";
import type { EvaluationContext } from "@/lib/catalog/documents/evaluation-context";
import { extensionSummary } from "@/lib/catalog/documents/extension-document";
import { type ListingCard, listingCard } from "@/lib/catalog/listing/listing-card";
import { type BlockedVersion, blockedIn } from "@/lib/catalog/views/blocklist";
import type { ExpandedExtension } from "@/lib/catalog/views/expanded-extension";
import type { SharedEncodings } from "@/lib/catalog/views/shared-encodings";
import type { PreparedVersions } from "@/lib/extension/offer/offerable-version";
import type { VersionRecord } from "@/lib/marketplace/public-records";
import { type AllowListItem, allowListItem } from "@/lib/marketplace/publishing/allow-list-item";

/** The compact form of an extension that stays in memory: the source of lists, offers and the allow-list. */
export type CompactExtension = {
  summary: ExtensionSummary;
  /** What lists filter, sort and search by. */
  card: ListingCard;
  prepared: PreparedVersions;
  /** Null while the entry is not active. */
  allowListItem: AllowListItem | null;
  blocked: readonly BlockedVersion[];
  portable: PortableFacts;
};

/** `moved`: the tag points to another digest. `missing`: the registry no longer has it. */
export type LostTag = { tag: string; why: "moved" | "missing" };

/** Facts about installable versions for the export formats of other clients. */
export type PortableFacts = {
  prepared: PreparedVersions;
  /** Tags that no longer point to the accepted digest. */
  lostTags: readonly LostTag[];
  /** When each version was listed, in the order of `prepared`; 0 if unknown. */
  listedMs: Float64Array;
  licenses: string | null;
};

export function compactExtension(
  opened: ExpandedExtension,
  by: EvaluationContext,
  encodings: SharedEncodings,
): CompactExtension {
  const { record, facts, prepared } = opened;
  const lean = encodings.lean(prepared);
  const summary = extensionSummary(facts, by);
  const entry = { ...record.entry, state: facts.state, repository: record.repository };
  const listing = {
    summary,
    capabilities: facts.speaker?.report.capabilities,
    listedAt: facts.offerable.map((version) => version.record.listedAt),
    since: record.entry.since,
  };
  return {
    summary,
    card: listingCard(listing, encodings.numbering),
    prepared: lean,
    allowListItem: allowListItem(entry, prepared, by.releases, by.policy),
    blocked: blockedIn(record),
    portable: portableFacts(opened, lean),
  };
}

function portableFacts({ record, facts }: ExpandedExtension, prepared: PreparedVersions): PortableFacts {
  const records = new Map(record.versions.map((version) => [version.tag, version]));
  const tags = prepared.newestFirst.map(({ tag }) => tag);
  return {
    prepared,
    lostTags: tags.flatMap((tag) => {
      const why = lossOf(records.get(tag));
      return why === undefined ? [] : [{ tag, why }];
    }),
    listedMs: Float64Array.from(tags, (tag) => Date.parse(records.get(tag)?.listedAt ?? "") || 0),
    licenses: facts.speaker?.report.labels.licenses ?? null,
  };
}

function lossOf(version: VersionRecord | undefined): LostTag["why"] | undefined {
  if (version?.missingSince) return "missing";
  return version?.moved ? "moved" : undefined;
}
