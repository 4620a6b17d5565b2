import { setImmediate as nextTurn } from "node:timers/promises";
import { parentOf } from "@/lib/archive/entry-path";
import type { LayerSource } from "@/lib/inspection/files/layer-view";
import { type LookupTrace, noteOddities, noteOddity, passOver } from "@/lib/inspection/files/lookup-trace";
import { type LayerNode, opinionOf } from "@/lib/inspection/layers/layer-directory";
import type { LayerRef } from "@/lib/inspection/layers/layer-reader";

/** Steps before other work gets a turn: some microseconds each. */
const STEPS_AT_ONCE = 1_000;

/**
 * Records in `trace` where a layer writes below a folder that it does not contain and that is a link in a lower layer.
 * Unpackers follow the link, so the entries land elsewhere, perhaps on the file being looked up. Checks the topmost
 * `count` of `layers`, which are sorted from the top down. False if that takes more than `stepsMax` steps, which are names of
 * a folder for each layer that is searched for it: then nothing is certain.
 */
export async function noteEnteredFolders(
  trace: LookupTrace,
  layers: readonly LayerRef[],
  count: number,
  source: LayerSource,
  stepsMax = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const search = { trace, source, steps: 0, stepsAtOnce: 0 };
  for (const [index, layer] of layers.slice(0, count).entries()) {
    const outcome = await source.outcome(layer);
    if (outcome.kind !== "read") continue;
    const fresh = new Set<string>();
    for (const folder of outcome.directory.entered) {
      if (search.steps > stepsMax) return false;
      await step(search, folder);
      if (fresh.has(parentOf(folder))) fresh.add(folder);
      else if ((await kindBelow(search, layers.slice(index + 1), folder)) === undefined) fresh.add(folder);
    }
  }
  return true;
}

type Search = { trace: LookupTrace; source: LayerSource; steps: number; stepsAtOnce: number };

async function step(search: Search, folder: string): Promise<void> {
  const names = folder.split("/").length;
  search.steps += names;
  search.stepsAtOnce += names;
  if (search.stepsAtOnce < STEPS_AT_ONCE) return;
  search.stepsAtOnce = 0;
  await nextTurn();
}

/** The node that these layers have at a path, or undefined. Records an oddity when it is not a folder. */
async function kindBelow(
  search: Search,
  layers: readonly LayerRef[],
  path: string,
): Promise<LayerNode["kind"] | undefined> {
  const { trace, source } = search;
  for (const layer of layers) {
    await step(search, path);
    const outcome = await source.outcome(layer);
    if (outcome.kind === "malformed") {
      noteOddity(trace, layer, "", "unread_folder");
      return undefined;
    }
    if (outcome.kind !== "read") {
      passOver(trace, layer, outcome);
      continue;
    }
    noteOddities(trace, layer, outcome.directory, path);
    const opinion = opinionOf(outcome.directory, path);
    if (opinion === undefined) continue;
    if (opinion === "hides") return undefined;
    if (opinion.kind !== "directory") noteOddity(trace, layer, "", "through_link");
    return opinion.kind;
  }
  return undefined;
}
