import type { Digest } from "@/lib/extension/reference/digest";
import type { LayerFact, LayerFacts } from "@/lib/inspection/layers/layer-facts";

const RECENT_BYTES_MAX = 64 * 1024 * 1024;

/** Cache in front of `facts` for recently used layers: one inspection requests the same layer many times. */
export function recentFacts(facts: LayerFacts, bytesMax = RECENT_BYTES_MAX): LayerFacts {
  const recent = new Map<Digest, LayerFact>();
  let bytes = 0;

  function keep(digest: Digest, fact: LayerFact): void {
    const before = recent.get(digest);
    bytes += sizeOf(fact) - (before === undefined ? 0 : sizeOf(before));
    recent.delete(digest);
    recent.set(digest, fact);
    for (const [oldest, old] of recent) {
      if (bytes <= bytesMax) break;
      recent.delete(oldest);
      bytes -= sizeOf(old);
    }
  }

  return {
    async get(digest) {
      const fact = recent.get(digest) ?? (await facts.get(digest));
      if (fact !== undefined && !recent.has(digest)) keep(digest, fact);
      return fact;
    },
    async put(digest, fact) {
      keep(digest, fact);
      await facts.put(digest, fact);
    },
  };
}

function sizeOf(fact: LayerFact): number {
  if (fact.kind === "malformed") return fact.reason.length;
  const bodies = [...fact.bodies.values()].reduce((sum, body) => sum + body.length, 0);
  return bodies + 2 * fact.directory.lines.length;
}
