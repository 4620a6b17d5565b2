import { setImmediate as nextTurn } from "node:timers/promises";
import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";

/**
 * Warms up what the first requests would otherwise wait for: each extension's compact form, the list columns, and the
 * search index. Yields between slices, so that requests are served meanwhile.
 */
export async function prepareSnapshot(snapshot: Snapshot): Promise<void> {
  await mapWithYield(snapshot.all, ({ repository }) => snapshot.find(repository));
  await nextTurn();
  snapshot.table();
}
