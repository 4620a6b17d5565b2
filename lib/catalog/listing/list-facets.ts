import { compareText } from "@/lib/catalog/encoding/compare-text";
import type { Filtered } from "@/lib/catalog/listing/list-filter";
import type { ListingTable } from "@/lib/catalog/listing/listing-table";
import type { ValueKind } from "@/lib/catalog/listing/listing-values";

export type FacetValue = { value: string; count: number };

/** Each count ignores the filter of its own kind, so that it shows what another choice would return. */
export type Facets = {
  categories: FacetValue[];
  /** The publishers with the most extensions. */
  publishers: FacetValue[];
  capabilities: FacetValue[];
  platforms: FacetValue[];
  /** Number of extensions offered to the host; null without a host. */
  compatible: number | null;
};

const PUBLISHERS_MAX = 50;

export function facetsOf({ numbering }: ListingTable, { counts, offered }: Filtered): Facets {
  const found: Record<ValueKind, FacetValue[]> = {
    category: [],
    publisher: [],
    capability: [],
    platform: [],
  };
  const { all } = numbering.values;
  for (let number = 0; number < all.length; number += 1) {
    const count = counts[number] ?? 0;
    const one = all[number];
    if (count === 0 || one === undefined) continue;
    const { kind, value } = one;
    if (kind === "publisher") addMostFrequent(found.publisher, value, count);
    else found[kind].push({ value, count });
  }
  return {
    categories: found.category.sort(byValue),
    publishers: found.publisher,
    capabilities: found.capability.sort(byValue),
    platforms: found.platform.sort(byValue),
    compatible: offered ?? null,
  };
}

/**
 * Top-k insertion: there can be as many publishers as extensions, so they are compared with the last one kept instead
 * of sorted.
 */
function addMostFrequent(kept: FacetValue[], value: string, count: number): void {
  const last = kept[PUBLISHERS_MAX - 1];
  const isBefore = (other: FacetValue) =>
    count > other.count || (count === other.count && compareText(value, other.value) < 0);
  if (last !== undefined && !isBefore(last)) return;
  const index = kept.findIndex(isBefore);
  kept.splice(index === -1 ? kept.length : index, 0, { value, count });
  if (kept.length > PUBLISHERS_MAX) kept.pop();
}

function byValue(a: FacetValue, b: FacetValue): number {
  return compareText(a.value, b.value);
}
