import type { MalformedLayer } from "@/lib/archive/layer-problem";
import type { Digest } from "@/lib/extension/reference/digest";
import type { ReadLayer } from "@/lib/inspection/layers/walk-layer";

/**
 * Facts about a layer, from reading it completely with its digest verified. They depend only on the digest and on the
 * reader's version. Contents are kept for small files in the root only.
 */
export type LayerFact = ReadLayer | MalformedLayer;

/**
 * Storage of facts between inspections. Facts learned with credentials must not reach inspections without them: use
 * one store for each credential scope.
 */
export type LayerFacts = {
  get(digest: Digest): LayerFact | undefined | Promise<LayerFact | undefined>;
  put(digest: Digest, fact: LayerFact): void | Promise<void>;
};

/** Keeps facts in memory for the lifetime of the object. */
export function layerFactsInMemory(): LayerFacts {
  const facts = new Map<Digest, LayerFact>();
  return {
    get: (digest) => facts.get(digest),
    put: (digest, fact) => {
      facts.set(digest, fact);
    },
  };
}
