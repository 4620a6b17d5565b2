import { LayerBudget } from "@/lib/archive/layer-budget";
import { factsAt } from "@/lib/inspection/layers/layer-directory";
import { type LayerWalk, walkLayer } from "@/lib/inspection/layers/walk-layer";
import { INSPECTION_LIMITS, type InspectionLimits } from "@/lib/inspection/limits";

export type WalkSetup = { limits?: Partial<InspectionLimits>; chunkBytes?: number; now?: () => number };

export async function* inChunks(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** Walks a layer of these bytes and keeps every file's content. */
export async function walk(bytes: Uint8Array, setup: WalkSetup = {}): Promise<LayerWalk> {
  const limits = { ...INSPECTION_LIMITS, ...setup.limits };
  return walkLayer({
    source: inChunks(bytes, setup.chunkBytes ?? 64 * 1024),
    budget: new LayerBudget(limits, setup.now ?? (() => 0)),
    wanted: () => true,
  });
}

/** The text of a file of a walked layer, or what stands there instead. */
export async function contentOf(bytes: Uint8Array, path: string, setup?: WalkSetup): Promise<string> {
  const walked = await walk(bytes, setup);
  if (walked.kind !== "read") return `${walked.kind}: ${walked.reason}`;
  const node = factsAt(walked.directory, path)?.node;
  if (node?.kind !== "file") return node?.kind ?? "nothing";
  return Buffer.from(walked.bodies.get(node.body) ?? []).toString("utf8");
}
