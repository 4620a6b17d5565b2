import { setImmediate as nextTurn } from "node:timers/promises";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";

/** So long may other work wait. */
const SLICE_MS = 8;

/**
 * Makes beforehand what the first requests would otherwise wait for: what is kept of each extension, the lists' columns
 * and the search index. Works in small slices, so that requests are answered meanwhile.
 */
export async function prepareSnapshot(snapshot: Snapshot): Promise<void> {
  let sliceEndsAt = performance.now() + SLICE_MS;
  for (const { repository } of snapshot.all) {
    snapshot.find(repository);
    if (performance.now() < sliceEndsAt) continue;
    await nextTurn();
    sliceEndsAt = performance.now() + SLICE_MS;
  }
  await nextTurn();
  snapshot.table();
}
