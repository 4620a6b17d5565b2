import type { ExtensionSummary } from "@/lib/catalog/documents/documents";
import { type Numbering, platformNames } from "@/lib/catalog/listing/listing-values";
import { foldText } from "@/lib/catalog/search/fold-text";
import { type SearchEntry, searchEntryOf } from "@/lib/catalog/search/search-entry";
import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { capabilityNames } from "@/lib/extension/capabilities/capabilities";

/** What lists need of an extension, small enough to keep for a hundred thousand of them. */
export type ListingCard = {
  /** The title, or else the name, folded so that plain comparison gives a natural order. */
  sortTitle: string;
  /** When an installable version was last listed; 0 if never. */
  updatedMs: number;
  /** When it was added to the allow-list. */
  sinceMs: number;
  /** Numbers of all values that it can be filtered by, without duplicates. */
  values: readonly number[];
  search: SearchEntry;
};

export type ListingFacts = {
  summary: ExtensionSummary;
  capabilities: Capabilities | undefined;
  /** RFC 3339. */
  listedAt: readonly (string | null)[];
  since: Date;
};

export function listingCard(
  { summary, capabilities, listedAt, since }: ListingFacts,
  { vocabulary, values }: Numbering,
): ListingCard {
  const numbers = [
    values.number("publisher", summary.publisher.name),
    ...summary.categories.map((category) => values.number("category", category)),
    ...(capabilities ? capabilityNames(capabilities) : []).map((name) => values.number("capability", name)),
    ...platformNames(summary).map((name) => values.number("platform", name)),
  ];
  return {
    sortTitle: foldText(summary.title ?? summary.repository),
    updatedMs: Math.max(0, ...listedAt.map((at) => (at === null ? 0 : Date.parse(at)))),
    sinceMs: since.getTime(),
    values: [...new Set(numbers)],
    search: searchEntryOf(summary, vocabulary),
  };
}
