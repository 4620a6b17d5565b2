/** Sort orders of a list, and where each page begins and ends. */

import { compareText } from "@/lib/catalog/encoding/compare-text";
import type { Cursor } from "@/lib/catalog/listing/cursor";
import { firstIndex } from "@/lib/catalog/search/binary-search";
import type { Scores } from "@/lib/catalog/search/search";

export const SORTS = ["relevance", "name", "updated", "new"] as const;
export type Sort = (typeof SORTS)[number];

/** Negative when the extension at position `a` sorts before the one at `b`. */
type Order = (a: number, b: number) => number;

/** The columns that orders use; positions and ranks as in `ListingTable`. */
export type OrderedTable = {
  views: readonly OrderedView[];
  byTitle: readonly OrderedView[];
  titleRanks: Uint32Array;
  updatedMs: Float64Array;
  sinceMs: Float64Array;
};

type OrderedView = { repository: string; card(): { sortTitle: string } };

export type ListPart = { places: number[]; next: Cursor | undefined };

/** Up to `limit` of `places` that sort after `start`, in order. */
export function partOf(
  table: OrderedTable,
  places: Uint32Array,
  sort: Sort,
  scores: Scores | undefined,
  start: Cursor | undefined,
  limit: number,
): ListPart {
  const order = orderBy(table, sort, scores);
  const rest = start === undefined ? places : places.filter(isBehind(table, sort, scores, start));
  const first = firstOf(rest, order, limit);
  const last = first.at(-1);
  const isMore = rest.length > first.length && last !== undefined;
  return { places: first, next: isMore ? cursorAt(table, sort, scores, last) : undefined };
}

/** Names ascend; scores and times descend. Ties are broken by repository, which is the order of the positions. */
function orderBy(table: OrderedTable, sort: Sort, scores: Scores | undefined): Order {
  const { titleRanks } = table;
  if (sort === "name") return (a, b) => (titleRanks[a] ?? 0) - (titleRanks[b] ?? 0);
  const keys = keysOf(table, sort, scores);
  return (a, b) => (keys[b] ?? 0) - (keys[a] ?? 0) || a - b;
}

function keysOf(
  { updatedMs, sinceMs }: OrderedTable,
  sort: Exclude<Sort, "name">,
  scores: Scores | undefined,
): Float64Array | Scores {
  switch (sort) {
    case "relevance":
      // Without a query all extensions are equally relevant.
      return scores ?? new Uint32Array(updatedMs.length);
    case "updated":
      return updatedMs;
    case "new":
      return sinceMs;
  }
}

/** Top-k in one pass: most items rank after the last of the best so far, which takes one comparison. */
function firstOf(places: Uint32Array, order: Order, limit: number): number[] {
  const first: number[] = [];
  for (const place of places) {
    const last = first[limit - 1];
    if (last !== undefined && order(last, place) < 0) continue;
    first.splice(
      firstIndex(first.length, (index) => order(first[index] ?? 0, place) > 0),
      0,
      place,
    );
    if (first.length > limit) first.pop();
  }
  return first;
}

function cursorAt(table: OrderedTable, sort: Sort, scores: Scores | undefined, place: number): Cursor {
  const view = table.views[place];
  const key = sort === "name" ? view?.card().sortTitle : keysOf(table, sort, scores)[place];
  return { order: sort, key: key ?? 0, repository: view?.repository ?? "" };
}

/** Whether a position sorts after a cursor, whose own extension may no longer exist. */
function isBehind(
  table: OrderedTable,
  sort: Sort,
  scores: Scores | undefined,
  { key, repository }: Cursor,
): (place: number) => boolean {
  const { views, byTitle, titleRanks } = table;
  if (sort === "name") {
    const from = firstIndex(byTitle.length, (rank) => {
      const view = byTitle[rank];
      if (view === undefined) return true;
      return (
        (compareText(view.card().sortTitle, String(key)) || compareText(view.repository, repository)) > 0
      );
    });
    return (place) => (titleRanks[place] ?? 0) >= from;
  }
  const keys = keysOf(table, sort, scores);
  const from = firstIndex(
    views.length,
    (place) => compareText(views[place]?.repository ?? "", repository) > 0,
  );
  return (place) => {
    const mine = keys[place] ?? 0;
    return mine < Number(key) || (mine === Number(key) && place >= from);
  };
}
