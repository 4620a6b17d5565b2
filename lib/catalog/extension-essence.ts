import { type BlockedVersion, blockedIn } from "@/lib/catalog/blocklist";
import type { ExtensionSummary } from "@/lib/catalog/documents";
import { extensionSummary } from "@/lib/catalog/extension-document";
import { type ListingCard, listingCard } from "@/lib/catalog/listing/listing-card";
import type { OpenedExtension } from "@/lib/catalog/opened-extension";
import type { JudgedBy } from "@/lib/catalog/version-document";
import type { Workshop } from "@/lib/catalog/workshop";
import type { PreparedVersions } from "@/lib/extension/offerable-version";
import { type AllowListItem, allowListItem } from "@/lib/marketplace/allow-list-item";

/** The little of an extension that is kept: what lists, offers and the allow-list are made of. */
export type ExtensionEssence = {
  summary: ExtensionSummary;
  /** What lists filter, sort and search by. */
  card: ListingCard;
  prepared: PreparedVersions;
  /** Null while the entry is not in force. */
  allowListItem: AllowListItem | null;
  blocked: readonly BlockedVersion[];
};

export function essenceOf(
  { record, facts, prepared }: OpenedExtension,
  by: JudgedBy,
  workshop: Workshop,
): ExtensionEssence {
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
    card: listingCard(listing, workshop.numbering),
    prepared: workshop.lean(prepared),
    allowListItem: allowListItem(entry, prepared, by.releases, by.policy),
    blocked: blockedIn(record),
  };
}
