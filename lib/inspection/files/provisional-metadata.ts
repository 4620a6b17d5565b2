import { LayerBudget } from "@/lib/archive/layer-budget";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import { ImageFiles } from "@/lib/inspection/files/image-files";
import { METADATA_PATH } from "@/lib/inspection/files/metadata-file";
import { READ_METADATA } from "@/lib/inspection/files/metadata-task";
import { opinionOf } from "@/lib/inspection/layers/layer-directory";
import type { LayerReader, LayerRef } from "@/lib/inspection/layers/layer-reader";
import type { LayerWalk } from "@/lib/inspection/layers/walk-layer";
import type { InspectionLimits } from "@/lib/inspection/limits";
import { isAppError } from "@/lib/platform/errors";
import { runTask } from "@/lib/platform/threads/task-threads";

export type ProvisionalOptions = {
  reader: LayerReader;
  limits: InspectionLimits;
  /** Aborts the whole inspection. */
  signal: AbortSignal;
  /** Monotonic clock in milliseconds. */
  now: () => number;
};

/** `text` as found, for comparison with the proven file. */
export type ProvisionalMetadata = { document: Metadata; text: string };

/**
 * Looks for metadata.json in the layers that are already known and in the smallest others, within its own budget
 * (`provisional…` in the limits). Layers in between can replace or delete the file, so the result proves nothing.
 * Layers read here are not read again. Returns undefined when it finds nothing, for any reason. Throws the signal's
 * reason.
 */
export async function readProvisionalMetadata(
  layers: readonly LayerRef[],
  options: ProvisionalOptions,
): Promise<ProvisionalMetadata | undefined> {
  const { reader, limits } = options;
  const looked = await lookAhead(layers, options);
  const found = await new ImageFiles(looked, reader).find(METADATA_PATH);
  if (found.kind !== "file" || found.sizeBytes > limits.metadataBytes) return undefined;
  const bytes = await reader.kept(found.layer, found.body);
  const { document, text } =
    bytes === undefined ? NOTHING : await runTask(READ_METADATA, bytes, { signal: options.signal });
  return document && { document, text };
}

const NOTHING = { document: undefined, text: "" };

/** The inspected layers, the lowest first. */
async function lookAhead(layers: readonly LayerRef[], options: ProvisionalOptions): Promise<LayerRef[]> {
  const soon = AbortSignal.any([options.signal, AbortSignal.timeout(options.limits.provisionalMs)]);
  const topDown = [...new Map(layers.toReversed().map((layer) => [layer.digest, layer])).values()];
  const looked = new Set<LayerRef>();
  const { unknown, depth } = await knownLayers(topDown, options.reader, looked);
  try {
    await glanceAtSmallest(unknown, depth, { ...options, soon }, looked);
  } catch (error) {
    // The proof requests the layer again and reports what is wrong with it.
    options.signal.throwIfAborted();
    if (!isAppError(error) && !soon.aborted) throw error;
  }
  return topDown.filter((layer) => looked.has(layer)).toReversed();
}

type Candidate = { layer: LayerRef; at: number };

/** Takes the known layers from the top down to the one that decides; returns the others above it. */
async function knownLayers(
  topDown: readonly LayerRef[],
  reader: LayerReader,
  looked: Set<LayerRef>,
): Promise<{ unknown: Candidate[]; depth: number }> {
  const unknown: Candidate[] = [];
  for (const [at, layer] of topDown.entries()) {
    const fact = await reader.known(layer);
    if (fact === undefined) unknown.push({ layer, at });
    else looked.add(layer);
    if (fact !== undefined && decides(fact)) return { unknown, depth: at };
  }
  return { unknown, depth: topDown.length };
}

/** Reads the smallest layers first, and none below one that decides: the proof would not read it either. */
async function glanceAtSmallest(
  candidates: readonly Candidate[],
  depth: number,
  { reader, limits, now, soon }: ProvisionalOptions & { soon: AbortSignal },
  looked: Set<LayerRef>,
): Promise<void> {
  const smallest = candidates.toSorted((a, b) => a.layer.sizeBytes - b.layer.sizeBytes || a.at - b.at);
  let deciding = depth;
  let read = 0;
  let leftBytes = Math.min(limits.provisionalBytes, limits.compressedBytes);
  for (const { layer, at } of smallest) {
    if (at > deciding) continue;
    if (read === limits.provisionalLayers || layer.sizeBytes > leftBytes) return;
    read += 1;
    leftBytes -= layer.sizeBytes;
    const walked = await reader.attempt(layer, { budget: budgetOf(layer, limits, now), signal: soon });
    if (walked.kind !== "read" && walked.kind !== "malformed") continue;
    looked.add(layer);
    if (decides(walked)) deciding = at;
  }
}

/** One reader per layer, so that a decompression bomb does not hide the other layers. */
function budgetOf({ sizeBytes }: LayerRef, limits: InspectionLimits, now: () => number): LayerBudget {
  const { provisionalInflatedBytes, inflatedBytes, layerEntries, provisionalMs } = limits;
  const own = {
    compressedBytes: sizeBytes,
    inflatedBytes: Math.min(provisionalInflatedBytes, inflatedBytes),
    layerEntries,
    layerMs: provisionalMs,
  };
  return new LayerBudget(own, now);
}

/** Whether layers below this one no longer matter for metadata.json. */
function decides(fact: LayerWalk): boolean {
  if (fact.kind === "malformed") return true;
  return fact.kind === "read" && opinionOf(fact.directory, METADATA_PATH) !== undefined;
}
