import type { Digest } from "@/lib/extension/reference/digest";
import type { LayerFact, LayerFacts } from "@/lib/inspection/layers/layer-facts";
import { lruCache } from "@/lib/platform/lru-cache";

const RECENT_BYTES_MAX = 64 * 1024 * 1024;

/** `facts` behind an LRU cache: looking up one path of an image reads the facts of its layers many times. */
export function recentFacts(facts: LayerFacts, bytesMax = RECENT_BYTES_MAX): LayerFacts {
  const recent = lruCache<Digest, LayerFact>({ maxSize: bytesMax, sizeOf });
  return {
    async get(digest) {
      const known = recent.get(digest);
      if (known !== undefined) return known;
      const fact = await facts.get(digest);
      if (fact !== undefined) recent.set(digest, fact);
      return fact;
    },
    async put(digest, fact) {
      recent.set(digest, fact);
      await facts.put(digest, fact);
    },
  };
}

function sizeOf(fact: LayerFact): number {
  if (fact.kind === "malformed") return fact.reason.length;
  const bodies = [...fact.bodies.values()].reduce((sum, body) => sum + body.length, 0);
  return bodies + 2 * fact.directory.lines.length;
}
