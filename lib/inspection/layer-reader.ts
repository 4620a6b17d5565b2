import type { Digest } from "@/lib/extension/digest";
import { normaliseImagePath } from "@/lib/inspection/entry-path";
import type { LayerBudget } from "@/lib/inspection/layer-budget";
import type { LayerFact, LayerFacts } from "@/lib/inspection/layer-facts";
import { LayerProblem } from "@/lib/inspection/layer-problem";
import { ARCHIVE_LIMITS } from "@/lib/inspection/limits";
import type { TarEntry } from "@/lib/inspection/tar-reader";
import { type LayerWalk, walkLayer } from "@/lib/inspection/walk-layer";

/** A layer as its manifest names it. */
export type LayerRef = { digest: Digest; sizeBytes: number };

export type LayerOutcome = LayerFact | { kind: "skipped"; digest: Digest; reason: string };

export type LayerReaderOptions = {
  /** The verified bytes of a layer: see `RegistryClient.openBlob`. */
  open: (layer: LayerRef) => Promise<AsyncIterable<Uint8Array>>;
  facts: LayerFacts;
  budget: LayerBudget;
};

/**
 * Layers of one inspection. Each is read at most once for its names, and once more only where a file is wanted that
 * was not kept. Calls must not overlap: the budget is spent in the order of the calls.
 */
export class LayerReader {
  readonly #options: LayerReaderOptions;
  readonly #skipped = new Map<Digest, LayerOutcome>();

  constructor(options: LayerReaderOptions) {
    this.#options = options;
  }

  /** What is known of a layer, reading it if nothing is. Throws what the registry throws. */
  async outcome(layer: LayerRef): Promise<LayerOutcome> {
    const known = this.#skipped.get(layer.digest) ?? (await this.#options.facts.get(layer.digest));
    return known ?? (await this.learn(layer));
  }

  /** The content of a file of a layer that was read before; undefined, with a reason, where a limit forbids it. */
  async body(layer: LayerRef, ordinal: number): Promise<{ bytes: Uint8Array } | { reason: string }> {
    const fact = await this.#options.facts.get(layer.digest);
    const kept = fact?.kind === "read" ? fact.bodies.get(ordinal) : undefined;
    if (kept !== undefined) return { bytes: kept };
    const walked = await this.walk(layer, (entry) => entry.ordinal === ordinal);
    if (walked.kind !== "read") return { reason: walked.reason };
    const bytes = walked.bodies.get(ordinal);
    return bytes === undefined ? { reason: "the file is larger than 1 MiB" } : { bytes };
  }

  private async learn(layer: LayerRef): Promise<LayerOutcome> {
    const walked = await this.walk(layer, smallFilesInTheRoot());
    if (walked.kind === "skipped") {
      const outcome: LayerOutcome = { ...walked, digest: layer.digest };
      this.#skipped.set(layer.digest, outcome);
      return outcome;
    }
    const fact: LayerFact = { ...walked, digest: layer.digest };
    await this.#options.facts.put(layer.digest, fact);
    return fact;
  }

  private async walk(layer: LayerRef, wanted: (entry: TarEntry) => boolean): Promise<LayerWalk> {
    const { budget, open } = this.#options;
    try {
      budget.admit(layer.sizeBytes);
    } catch (error) {
      if (error instanceof LayerProblem) return { kind: error.kind, reason: error.message };
      throw error;
    }
    return walkLayer({ source: await open(layer), budget, wanted });
  }
}

/** metadata.json, the icon and the compose file usually lie there: one reading is enough for all of them. */
function smallFilesInTheRoot(): (entry: TarEntry) => boolean {
  let keptBytes = 0;
  return (entry) => {
    if (normaliseImagePath(entry.name)?.includes("/") !== false) return false;
    if (keptBytes + entry.sizeBytes > ARCHIVE_LIMITS.keptBytesTogether) return false;
    keptBytes += entry.sizeBytes;
    return true;
  };
}
