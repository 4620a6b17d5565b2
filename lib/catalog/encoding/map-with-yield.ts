import { setImmediate as nextTurn } from "node:timers/promises";

/** The longest this blocks the event loop. */
const SLICE_MS = 8;

/** Maps the items, yielding to the event loop between slices so that other work proceeds. */
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
