import { compareText } from "@/lib/catalog/compare-text";
import type { Filtered } from "@/lib/catalog/listing/list-filter";
import type { ListingTable } from "@/lib/catalog/listing/listing-table";
import type { ValueKind } from "@/lib/catalog/listing/listing-values";

export type FacetValue = { value: string; count: number };

/** Each counted as if its own filter were not set, so that it says what another choice would bring. */
export type Facets = {
  categories: FacetValue[];
  /** Those with the most extensions. */
  publishers: FacetValue[];
  capabilities: FacetValue[];
  platforms: FacetValue[];
  /** How many are offered to the host; null without one. */
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
  for (const [number, { kind, value }] of numbering.values.all.entries()) {
    const count = counts[number] ?? 0;
    if (count > 0) found[kind].push({ value, count });
  }
  return {
    categories: found.category.sort(byValue),
    publishers: found.publisher.sort((a, b) => b.count - a.count || byValue(a, b)).slice(0, PUBLISHERS_MAX),
    capabilities: found.capability.sort(byValue),
    platforms: found.platform.sort(byValue),
    compatible: offered ?? null,
  };
}

function byValue(a: FacetValue, b: FacetValue): number {
  return compareText(a.value, b.value);
}
