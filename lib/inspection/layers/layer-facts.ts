import type { MalformedLayer } from "@/lib/archive/layer-problem";
import type { Digest } from "@/lib/extension/reference/digest";
import type { ReadLayer } from "@/lib/inspection/layers/walk-layer";

/**
 * What was learned about a layer by reading it to its end with its digest verified. It belongs to the digest and to the
 * version of the reader, and never changes otherwise. Of the files only small ones in the root are kept.
 */
export type LayerFact = ReadLayer | MalformedLayer;

/**
 * Where facts are remembered between inspections. Facts learned with credentials must not be given to inspections
 * without them: whoever hands this in keeps one per credential line.
 */
export type LayerFacts = {
  get(digest: Digest): LayerFact | undefined | Promise<LayerFact | undefined>;
  put(digest: Digest, fact: LayerFact): void | Promise<void>;
};

/** Remembers for as long as the object lives. */
export function layerFactsInMemory(): LayerFacts {
  const facts = new Map<Digest, LayerFact>();
  return {
    get: (digest) => facts.get(digest),
    put: (digest, fact) => {
      facts.set(digest, fact);
    },
  };
}
