/** The index of all listed extensions: a large segment that stays, and a small one for the changes since. */

import type { Interner } from "@/lib/catalog/search/interner";
import type { SearchEntry } from "@/lib/catalog/search/search-entry";
import { buildSegment, type SearchSegment } from "@/lib/catalog/search/search-segment";

/** `Item` represents one extension: the same object as long as the extension does not change. */
export type SearchIndex<Item> = { parts: readonly SearchPart<Item>[]; size: number };

export type SearchPart<Item> = {
  segment: SearchSegment;
  items: readonly Item[];
  /** Each item's position among the listed extensions; `GONE` when it is no longer listed. */
  places: Int32Array;
};

export const GONE = -1;

export type IndexSource<Item> = { vocabulary: Interner; entryOf(item: Item): SearchEntry };

/** Share of changes above which everything is reindexed. */
const CHANGED_SHARE_MAX = 1 / 8;
const CHANGED_MAX_OF_FEW = 64;

/** Indexes `items`, whose positions are those of `placeOf`. Reuses the segment of `previous`. */
export function indexOf<Item>(
  items: readonly Item[],
  source: IndexSource<Item>,
  previous?: SearchIndex<Item>,
  placeOf: ReadonlyMap<Item, number> = placesOf(items),
): SearchIndex<Item> {
  const base = previous?.parts[0];
  if (base === undefined) return whole(items, source);
  const places = new Int32Array(base.items.length);
  const isKept = new Uint8Array(items.length);
  let gone = 0;
  for (let index = 0; index < base.items.length; index += 1) {
    const item = base.items[index];
    const place = (item === undefined ? undefined : placeOf.get(item)) ?? GONE;
    places[index] = place;
    if (place === GONE) gone += 1;
    else isKept[place] = 1;
  }
  const fresh = items.filter((_item, place) => isKept[place] === 0);
  const changedMax = Math.max(CHANGED_MAX_OF_FEW, base.items.length * CHANGED_SHARE_MAX);
  if (fresh.length + gone > changedMax) return whole(items, source);
  const parts: SearchPart<Item>[] = [{ ...base, places }];
  if (fresh.length > 0)
    parts.push(
      part(
        fresh,
        Int32Array.from(fresh, (item) => placeOf.get(item) ?? GONE),
        source,
      ),
    );
  return { parts, size: items.length };
}

export function placesOf<Item>(items: readonly Item[]): Map<Item, number> {
  const places = new Map<Item, number>();
  for (const item of items) places.set(item, places.size);
  return places;
}

function whole<Item>(items: readonly Item[], source: IndexSource<Item>): SearchIndex<Item> {
  const places = Int32Array.from(items, (_item, place) => place);
  return { parts: [part(items, places, source)], size: items.length };
}

function part<Item>(
  items: readonly Item[],
  places: Int32Array,
  { vocabulary, entryOf }: IndexSource<Item>,
): SearchPart<Item> {
  return { segment: buildSegment(items.map(entryOf), vocabulary), items, places };
}
