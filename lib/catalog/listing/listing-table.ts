/** Column store of the listed extensions: lists filter, count and sort by it without reading any document. */

import type { NamedHost } from "@/lib/catalog/documents/host-offers";
import { compareText } from "@/lib/catalog/encoding/compare-text";
import { changeOf, resorted } from "@/lib/catalog/listing/incremental-sort";
import type { ListingCard } from "@/lib/catalog/listing/listing-card";
import type { Numbering } from "@/lib/catalog/listing/listing-values";
import { indexOf, placesOf, type SearchIndex } from "@/lib/catalog/search/search-index";

/** What a list needs of an extension. */
export type Listable = { repository: string; card(): ListingCard; isOffered(host: NamedHost): boolean };

export type ListingTable<Item extends Listable = Listable> = {
  /** Sorted by repository. An extension's position here is its position in every column. */
  views: readonly Item[];
  byTitle: readonly Item[];
  /** Each extension's position in `byTitle`. */
  titleRanks: Uint32Array;
  updatedMs: Float64Array;
  sinceMs: Float64Array;
  /** Start of each extension's values, followed by the end of the last. */
  valueStarts: Uint32Array;
  values: Uint32Array;
  index: SearchIndex<Item>;
  numbering: Numbering;
};

/** `views` are the listed extensions. The order and index of `previous` are reused. */
export function listingTable<Item extends Listable>(
  views: readonly Item[],
  numbering: Numbering,
  previous?: ListingTable<Item>,
): ListingTable<Item> {
  const change = changeOf(views, previous?.views ?? []);
  const byRepository = resorted(previous?.views ?? [], change, comparePlaces);
  const byTitle = resorted(previous?.byTitle ?? [], change, compareTitles);
  const placeOf = placesOf(byRepository);
  const source = {
    vocabulary: numbering.vocabulary,
    entryOf: (view: Item) => view.card().search,
  };
  return {
    views: byRepository,
    byTitle,
    titleRanks: ranksOf(byTitle, placeOf),
    ...columnsOf(byRepository),
    index: indexOf(byRepository, source, previous?.index, placeOf),
    numbering,
  };
}

function ranksOf(byTitle: readonly Listable[], placeOf: ReadonlyMap<Listable, number>): Uint32Array {
  const ranks = new Uint32Array(byTitle.length);
  for (let rank = 0; rank < byTitle.length; rank += 1) {
    const view = byTitle[rank];
    if (view !== undefined) ranks[placeOf.get(view) ?? 0] = rank;
  }
  return ranks;
}

function columnsOf(
  views: readonly Listable[],
): Pick<ListingTable, "updatedMs" | "sinceMs" | "valueStarts" | "values"> {
  const valueStarts = new Uint32Array(views.length + 1);
  const updatedMs = new Float64Array(views.length);
  const sinceMs = new Float64Array(views.length);
  const numbers: number[] = [];
  for (const [place, view] of views.entries()) {
    const card = view.card();
    updatedMs[place] = card.updatedMs;
    sinceMs[place] = card.sinceMs;
    for (const value of card.values) numbers.push(value);
    valueStarts[place + 1] = numbers.length;
  }
  return { updatedMs, sinceMs, valueStarts, values: new Uint32Array(numbers) };
}

function comparePlaces(a: Listable, b: Listable): number {
  return compareText(a.repository, b.repository);
}

/** Compares titles in natural order, independent of the machine's locale. Ties are broken by repository. */
function compareTitles(a: Listable, b: Listable): number {
  return compareText(a.card().sortTitle, b.card().sortTitle) || comparePlaces(a, b);
}
