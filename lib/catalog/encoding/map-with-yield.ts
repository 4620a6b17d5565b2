import { setImmediate as nextTurn } from "node:timers/promises";

/** So long may other work wait. */
const SLICE_MS = 8;

/** What `make` makes of each item, with pauses in which other work gets its turn. */
export async function mapWithYield<Item, Made>(
  items: Iterable<Item>,
  make: (item: Item) => Made,
): Promise<Made[]> {
  const made: Made[] = [];
  let sliceEndsAt = performance.now() + SLICE_MS;
  for (const item of items) {
    made.push(make(item));
    if (performance.now() < sliceEndsAt) continue;
    await nextTurn();
    sliceEndsAt = performance.now() + SLICE_MS;
  }
  return made;
}
