/** Random numbers that come again with their seed. */
export type Random = {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  pick<Item>(items: readonly Item[]): Item | undefined;
};

/** Mulberry32: small, and good enough to choose what to break. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  function pick<Item>(items: readonly [Item, ...Item[]]): Item;
  function pick<Item>(items: readonly Item[]): Item | undefined;
  function pick<Item>(items: readonly Item[]): Item | undefined {
    return items[below(items.length)];
  }
  return { below, pick };
}
