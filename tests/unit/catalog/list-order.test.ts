import { expect, test } from "vitest";
import { compareText } from "@/lib/catalog/encoding/compare-text";
import { decodeCursor, encodeCursor } from "@/lib/catalog/listing/cursor";
import { type OrderedTable, partOf, SORTS, type Sort } from "@/lib/catalog/listing/list-order";

const STAYING = 100_000;
/** More than anybody may ask for, so that the walk is short. */
const LIMIT = 1_000;
/** Few enough that many extensions have the same. */
const TITLES = 5_000;
const TIMES = 3_000;

type Item = { repository: string; sortTitle: string; updatedMs: number; sinceMs: number; score: number };

function item(index: number, repository: string): Item {
  // Neighbors are alike in everything, so that a page often ends among equals.
  const mixed = (Math.floor(index / 7) * 7_919) % STAYING;
  return {
    repository,
    sortTitle: `title ${mixed % TITLES}`,
    updatedMs: mixed % TIMES,
    sinceMs: (mixed * 31) % TIMES,
    score: 1 + (mixed % 50),
  };
}

function tableOf(items: readonly Item[]): { table: OrderedTable; scores: Uint32Array; places: Uint32Array } {
  const sorted = items.toSorted((a, b) => compareText(a.repository, b.repository));
  const views = sorted.map(({ repository, sortTitle }, place) => ({
    repository,
    place,
    card: () => ({ sortTitle }),
  }));
  const byTitle = views.toSorted(
    (a, b) => compareText(a.card().sortTitle, b.card().sortTitle) || a.place - b.place,
  );
  const titleRanks = new Uint32Array(views.length);
  for (const [rank, { place }] of byTitle.entries()) titleRanks[place] = rank;
  const table = {
    ...{ views, byTitle, titleRanks },
    updatedMs: Float64Array.from(sorted, ({ updatedMs }) => updatedMs),
    sinceMs: Float64Array.from(sorted, ({ sinceMs }) => sinceMs),
  };
  return {
    table,
    scores: Uint32Array.from(sorted, ({ score }) => score),
    places: Uint32Array.from(views.keys()),
  };
}

const staying = Array.from({ length: STAYING }, (_none, index) => item(index, `acme/x${index}`));
const passing = Array.from({ length: 5_000 }, (_none, index) =>
  item(index * 17, `acme/x${index * 20}-passing`),
);
const STATES = [tableOf([...staying, ...passing]), tableOf(staying)];

/** Every name on every page; a page is of the state with the others in it, the next one of the state without them. */
function walk(sort: Sort): string[] {
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; ; page += 1) {
    const state = STATES[page % STATES.length];
    if (state === undefined) return seen;
    const start = cursor === undefined ? undefined : decodeCursor(cursor, sort);
    const { places, next } = partOf(state.table, state.places, sort, state.scores, start, LIMIT);
    for (const place of places) seen.push(state.table.views[place]?.repository ?? "");
    if (next === undefined) return seen;
    cursor = encodeCursor(next);
  }
}

test.each(SORTS)(
  "by %s, a hundred thousand are walked through once each while others come and go at every page",
  (sort) => {
    const seen = walk(sort);
    expect(new Set(seen).size).toBe(seen.length);
    const found = new Set(seen);
    expect(staying.filter(({ repository }) => !found.has(repository))).toEqual([]);
  },
);
