/** The listed extensions in columns: what a list filters, counts and sorts by, without a look at any document. */

import { compareText } from "@/lib/catalog/compare-text";
import type { ExtensionView } from "@/lib/catalog/extension-view";
import type { Numbering } from "@/lib/catalog/listing/listing-values";
import { indexOf, type SearchIndex } from "@/lib/catalog/search/search-index";

export type ListingTable = {
  /** By repository; an extension's place in here is its place in every column. */
  views: readonly ExtensionView[];
  byTitle: readonly ExtensionView[];
  /** Each extension's place in `byTitle`. */
  titleRanks: Uint32Array;
  updatedMs: Float64Array;
  sinceMs: Float64Array;
  /** Where the values of each extension begin, and at last where all of them end. */
  valueStarts: Uint32Array;
  values: Uint32Array;
  index: SearchIndex<ExtensionView>;
  numbering: Numbering;
};

/** `views`: those that stand in lists. Order and index of what `previous` has are taken over. */
export function listingTable(
  views: readonly ExtensionView[],
  numbering: Numbering,
  previous?: ListingTable,
): ListingTable {
  const byRepository = resorted(views, previous?.views, comparePlaces);
  const byTitle = resorted(views, previous?.byTitle, compareTitles);
  const placeOf = new Map(byRepository.map((view, place) => [view, place]));
  const titleRanks = new Uint32Array(byRepository.length);
  for (const [rank, view] of byTitle.entries()) titleRanks[placeOf.get(view) ?? 0] = rank;
  const source = {
    vocabulary: numbering.vocabulary,
    entryOf: (view: ExtensionView) => view.card().search,
  };
  return {
    views: byRepository,
    byTitle,
    titleRanks,
    ...columnsOf(byRepository),
    index: indexOf(byRepository, source, previous?.index),
    numbering,
  };
}

/** From the order of before, which costs the sort hardly more than one look at each. */
function resorted(
  views: readonly ExtensionView[],
  before: readonly ExtensionView[] | undefined,
  compare: (a: ExtensionView, b: ExtensionView) => number,
): ExtensionView[] {
  const left = new Set(views);
  const kept = before?.filter((view) => left.delete(view)) ?? [];
  return [...kept, ...left].sort(compare);
}

function columnsOf(
  views: readonly ExtensionView[],
): Pick<ListingTable, "updatedMs" | "sinceMs" | "valueStarts" | "values"> {
  const cards = views.map((view) => view.card());
  const valueStarts = new Uint32Array(cards.length + 1);
  for (const [place, { values }] of cards.entries())
    valueStarts[place + 1] = (valueStarts[place] ?? 0) + values.length;
  const values = new Uint32Array(valueStarts.at(-1) ?? 0);
  for (const [place, card] of cards.entries()) values.set(card.values, valueStarts[place]);
  return {
    updatedMs: Float64Array.from(cards, ({ updatedMs }) => updatedMs),
    sinceMs: Float64Array.from(cards, ({ sinceMs }) => sinceMs),
    valueStarts,
    values,
  };
}

function comparePlaces(a: ExtensionView, b: ExtensionView): number {
  return compareText(a.repository, b.repository);
}

/** Titles as people sort them, without a locale of the machine; the repository settles ties. */
function compareTitles(a: ExtensionView, b: ExtensionView): number {
  return compareText(a.card().sortTitle, b.card().sortTitle) || comparePlaces(a, b);
}
