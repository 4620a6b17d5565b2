/** Incremental sorting: applies changes to a sorted list without comparing everything again. */

import { firstIndex } from "@/lib/catalog/search/binary-search";

export type Change<Item> = { fresh: readonly Item[]; gone: ReadonlySet<Item> };

/** Neither list may contain an item twice. */
export function changeOf<Item>(items: readonly Item[], before: readonly Item[]): Change<Item> {
  const left = new Set(items);
  const gone = new Set<Item>();
  for (const item of before) if (!left.delete(item)) gone.add(item);
  return { fresh: [...left], gone };
}

/** Above this share of new items, a full sort is faster than searching each position. */
const SEARCHED_SHARE_MAX = 1 / 16;

/** `before`, still in order, with the change applied. `compare` must not return 0 for two different items. */
export function resorted<Item>(
  before: readonly Item[],
  { fresh, gone }: Change<Item>,
  compare: (a: Item, b: Item) => number,
): Item[] {
  const kept = gone.size === 0 ? before : before.filter((item) => !gone.has(item));
  if (fresh.length > kept.length * SEARCHED_SHARE_MAX) return [...kept, ...fresh].sort(compare);
  const runs: (readonly Item[])[] = [];
  let from = 0;
  for (const item of fresh.toSorted(compare)) {
    const at = placeFor(item, kept, from, compare);
    runs.push(kept.slice(from, at), [item]);
    from = at;
  }
  return runs.concat([kept.slice(from)]).flat();
}

/** The first index, from `from` on, whose item sorts after this one. */
function placeFor<Item>(
  item: Item,
  items: readonly Item[],
  from: number,
  compare: (a: Item, b: Item) => number,
): number {
  const isBehind = (index: number) => {
    const other = items[index];
    return other === undefined || compare(other, item) >= 0;
  };
  return firstIndex(items.length, isBehind, from);
}
