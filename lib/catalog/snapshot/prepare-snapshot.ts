import { setImmediate as nextTurn } from "node:timers/promises";
import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";

/**
 * Builds in advance what the first requests would otherwise wait for: the compact form of each extension, the columns of
 * lists, and the search index. Yields between slices, so that requests are answered meanwhile.
 */
export async function prepareSnapshot(snapshot: Snapshot): Promise<void> {
  await mapWithYield(snapshot.all, ({ repository }) => snapshot.find(repository));
  await nextTurn();
  snapshot.table();
}
