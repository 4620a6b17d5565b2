/** Filtering and facet counts of lists. */

import { namedHost } from "@/lib/catalog/documents/host-offers";
import type { ListingTable } from "@/lib/catalog/listing/listing-table";
import { kindBit, VALUE_KINDS, type ValueKind } from "@/lib/catalog/listing/listing-values";
import type { Host } from "@/lib/extension/desktop/desktop-release";

export type ListFilter = {
  category?: string | undefined;
  publisher?: string | undefined;
  capability?: string | undefined;
  platform?: string | undefined;
  host?: Host | undefined;
  /** Whether results for the host can be cached (`isKnownHost`). */
  isHostKnown?: boolean | undefined;
  /** With a host: only extensions that have an offer for it. */
  offeredOnly?: boolean | undefined;
};

/** The matching extensions, and facet counts that ignore the filter of their own kind. */
export type Filtered = {
  /** Positions of the matching extensions, in ascending order. */
  places: Uint32Array;
  /** By value number. */
  counts: Uint32Array;
  /** Number of extensions offered to the host, regardless of `offeredOnly`; undefined without a host. */
  offered: number | undefined;
};

/** Bit for the host filter. Failed filters are a bit set: one bit per kind of value, and this one. */
const HOST_BIT = 1 << VALUE_KINDS.length;

/** `isHit`: whether the search found the extension; undefined without a search. */
export function filtered(
  table: ListingTable,
  filter: ListFilter,
  isHit: ((place: number) => boolean) | undefined,
): Filtered {
  const wanted = wantedValues(table, filter);
  const { host } = filter;
  const named = host && namedHost(host, filter.isHostKnown === true);
  const places = new Uint32Array(table.views.length);
  const counts = new Uint32Array(table.numbering.values.all.length);
  let [count, offered] = [0, 0];
  for (let place = 0; place < table.views.length; place += 1) {
    if (isHit !== undefined && !isHit(place)) continue;
    const failedValues = failedFilters(table, place, wanted);
    if (!isOneBitAtMost(failedValues)) continue;
    const isOffered =
      named !== undefined &&
      (failedValues === 0 || filter.offeredOnly === true) &&
      table.views[place]?.isOffered(named) === true;
    if (isOffered && failedValues === 0) offered += 1;
    const failed = failedValues | (host !== undefined && filter.offeredOnly && !isOffered ? HOST_BIT : 0);
    if (!isOneBitAtMost(failed)) continue;
    countValues(table, place, failed, counts);
    if (failed !== 0) continue;
    places[count] = place;
    count += 1;
  }
  return { places: places.subarray(0, count), counts, offered: host === undefined ? undefined : offered };
}

type Wanted = { bit: number; value: number | undefined };

function wantedValues({ numbering }: ListingTable, filter: ListFilter): Wanted[] {
  return VALUE_KINDS.flatMap((kind: ValueKind) => {
    const wanted = filter[kind];
    if (wanted === undefined) return [];
    return [{ bit: kindBit(kind), value: numbering.values.find(kind, wanted) }];
  });
}

function failedFilters(table: ListingTable, place: number, wanted: readonly Wanted[]): number {
  let failed = 0;
  for (const { bit, value } of wanted) {
    if (value === undefined || !hasValue(table, place, value)) failed |= bit;
  }
  return failed;
}

function hasValue({ valueStarts, values }: ListingTable, place: number, value: number): boolean {
  const end = valueStarts[place + 1] ?? 0;
  for (let at = valueStarts[place] ?? 0; at < end; at += 1) if (values[at] === value) return true;
  return false;
}

function isOneBitAtMost(bits: number): boolean {
  return (bits & (bits - 1)) === 0;
}

/** Counts an extension's values. If it failed one filter, only values of that filter's kind count. */
function countValues(table: ListingTable, place: number, failed: number, counts: Uint32Array): void {
  const { valueStarts, values, numbering } = table;
  const { bits } = numbering.values;
  const end = valueStarts[place + 1] ?? 0;
  for (let at = valueStarts[place] ?? 0; at < end; at += 1) {
    const value = values[at] ?? 0;
    if (failed === 0 || bits[value] === failed) counts[value] = (counts[value] ?? 0) + 1;
  }
}
