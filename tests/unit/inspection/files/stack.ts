import { createHash } from "node:crypto";
import { LayerBudget } from "@/lib/archive/layer-budget";
import { type Digest, isDigest } from "@/lib/extension/reference/digest";
import { ImageFiles, type Lookup } from "@/lib/inspection/files/image-files";
import { type LayerFacts, layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { LayerReader, type LayerRef } from "@/lib/inspection/layers/layer-reader";
import { walkLayer } from "@/lib/inspection/layers/walk-layer";
import { wantedFilter } from "@/lib/inspection/layers/wanted-files";
import { INSPECTION_LIMITS, type InspectionLimits } from "@/lib/inspection/limits";
import { inChunks } from "@/tests/unit/archive/walk";

export function digestOf(bytes: Uint8Array): Digest {
  const text = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  if (!isDigest(text)) throw new Error("not a digest");
  return text;
}

export type StackOptions = { limits?: Partial<InspectionLimits>; facts?: LayerFacts; now?: () => number };

/** An image of these layers (lowest first), with a list of the layers that were opened. */
export function stackOf(layers: Uint8Array[], options: StackOptions = {}) {
  const opened: number[] = [];
  const refs: LayerRef[] = layers.map((bytes) => ({
    digest: digestOf(bytes),
    sizeBytes: bytes.length,
    foreign: false,
  }));
  const reader = new LayerReader({
    open: async (layer) => {
      const index = refs.findIndex((ref) => ref.digest === layer.digest);
      opened.push(index);
      return inChunks(layers[index] ?? new Uint8Array(0), 64 * 1024);
    },
    facts: options.facts ?? layerFactsInMemory(),
    budget: new LayerBudget({ ...INSPECTION_LIMITS, ...options.limits }, options.now ?? (() => 0)),
    walkLayer: ({ wanted, ...request }) => walkLayer({ ...request, wanted: wantedFilter(wanted) }),
  });
  const files = new ImageFiles(refs, reader);
  return {
    opened,
    reader,
    refs,
    find: (path: string) => files.find(path),
    text: (path: string) => textOf(files, reader, path),
  };
}

/** A file's text, or what was found instead. */
async function textOf(files: ImageFiles, reader: LayerReader, path: string): Promise<string> {
  const found: Lookup = await files.find(path);
  if (found.kind !== "file") return `<${found.kind}>`;
  const body = await reader.body(found.layer, found.body);
  return "bytes" in body ? Buffer.from(body.bytes).toString("utf8") : `<${body.reason}>`;
}
