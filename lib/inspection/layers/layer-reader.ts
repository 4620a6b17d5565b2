import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import type { LayerBudget } from "@/lib/archive/layer-budget";
import { LayerProblemError, type OutOfTime, type UnreadLayer } from "@/lib/archive/layer-problem";
import type { Digest } from "@/lib/extension/reference/digest";
import type { LayerFact, LayerFacts } from "@/lib/inspection/layers/layer-facts";
import type { WalkLayer } from "@/lib/inspection/layers/layer-threads";
import { recentFacts } from "@/lib/inspection/layers/recent-facts";
import type { LayerWalk, ReadLayer } from "@/lib/inspection/layers/walk-layer";
import type { WantedFiles } from "@/lib/inspection/layers/wanted-files";
import { AppError } from "@/lib/platform/errors";
import { isAboutContent } from "@/lib/registry/oci/errors";

/** A layer as listed in its manifest. `foreign`: declared as stored elsewhere, so it is not fetched. */
export type LayerRef = { digest: Digest; sizeBytes: number; foreign: boolean };

export type LayerReaderOptions = {
  /** The verified bytes of a layer: see `RegistryClient.openBlob`. `signal` can abort it early. */
  open: (layer: LayerRef, signal?: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;
  facts: LayerFacts;
  budget: LayerBudget;
  walkLayer: WalkLayer;
};

/** Outcomes that an inspection can use. None depends on the speed of the machine. */
export type LayerOutcome = Exclude<LayerWalk, OutOfTime>;

/** Limits of an attempt: its signal, and a budget instead of the inspection's own. */
export type Attempt = { signal: AbortSignal; budget?: LayerBudget };

/**
 * Reads the layers of one inspection. Reads each at most once for its names, and once more only for a file that was
 * not kept. Calls must not overlap, because they spend the budget in call order.
 */
export class LayerReader {
  readonly #options: LayerReaderOptions;
  readonly #facts: LayerFacts;
  /** Layers that were not read, remembered for this inspection only: that is not a fact about the layer. */
  readonly #unread = new Map<Digest, UnreadLayer>();
  readonly #archiveDigests = new Map<Digest, string>();
  #readBytes = 0;

  constructor(options: LayerReaderOptions) {
    this.#options = options;
    this.#facts = recentFacts(options.facts);
  }

  /** Bytes of layers transferred so far, before decompression. */
  get readBytes(): number {
    return this.#readBytes;
  }

  /**
   * Reads a layer, unless its facts are known. Throws what the registry throws, and a retryable `limit_exceeded` on
   * timeout.
   */
  async outcome(layer: LayerRef): Promise<LayerOutcome> {
    const known = this.#unread.get(layer.digest) ?? (await this.#facts.get(layer.digest));
    const outcome = known ?? (await this.learn(layer));
    if (outcome.kind === "read") this.#archiveDigests.set(layer.digest, outcome.archiveDigest);
    return outcome;
  }

  /**
   * The digest of a layer's archive; undefined unless `outcome` has read it, so that a look-ahead changes nothing.
   */
  archiveDigest(layer: Pick<LayerRef, "digest">): string | undefined {
    return this.#archiveDigests.get(layer.digest);
  }

  /** The known facts of a layer, without reading it. */
  async known(layer: LayerRef): Promise<LayerFact | undefined> {
    return this.#facts.get(layer.digest);
  }

  /**
   * Like `outcome`, but a limit or a timeout is only the outcome of this attempt: it is not remembered, and `outcome`
   * reads the layer again. Throws what the registry throws, and the signal's reason.
   */
  async attempt(layer: LayerRef, { signal, budget }: Attempt): Promise<LayerWalk> {
    const known = this.#unread.get(layer.digest) ?? (await this.known(layer));
    if (known !== undefined) return known;
    const walked = await this.walk(layer, { kind: "likely" }, budget, signal);
    if (walked.kind !== "over_limit" && walked.kind !== "out_of_time") await this.remember(layer, walked);
    return walked;
  }

  /** The content of a file, if it was kept when its layer was read. */
  async kept(layer: LayerRef, ordinal: number): Promise<Uint8Array | undefined> {
    const fact = await this.known(layer);
    return fact?.kind === "read" ? fact.bodies.get(ordinal) : undefined;
  }

  /**
   * The content of a file in a layer that was read before, or the reason if a limit forbids it. Throws as `outcome`
   * does.
   */
  async body(layer: LayerRef, ordinal: number): Promise<{ bytes: Uint8Array } | { reason: string }> {
    const fact = await this.known(layer);
    const kept = await this.kept(layer, ordinal);
    if (kept !== undefined) return { bytes: kept };
    const walked = inTime(await this.walk(layer, { kind: "entry", ordinal }));
    if (walked.kind !== "read") return { reason: `its layer could not be read again: ${walked.reason}` };
    const bytes = walked.bodies.get(ordinal);
    if (bytes === undefined) return { reason: "it is larger than 1 MiB" };
    if (fact?.kind === "read") await this.keep(layer, fact, ordinal, bytes);
    return { bytes };
  }

  /** Keeps the file, because the next inspection needs it too. */
  private async keep(layer: LayerRef, fact: ReadLayer, ordinal: number, bytes: Uint8Array): Promise<void> {
    const bodies = new Map(fact.bodies).set(ordinal, bytes);
    const keptBytes = [...bodies.values()].reduce((sum, body) => sum + body.length, 0);
    if (keptBytes > ARCHIVE_LIMITS.keptBytesTogether) return;
    await this.#facts.put(layer.digest, { ...fact, bodies });
  }

  private async learn(layer: LayerRef): Promise<LayerOutcome> {
    const walked = inTime(await this.walk(layer, { kind: "likely" }));
    await this.remember(layer, walked);
    return walked;
  }

  private async remember(layer: LayerRef, walked: LayerOutcome): Promise<void> {
    if (walked.kind === "read" || walked.kind === "malformed") await this.#facts.put(layer.digest, walked);
    else this.#unread.set(layer.digest, walked);
  }

  private async walk(
    layer: LayerRef,
    wanted: WantedFiles,
    budget = this.#options.budget,
    signal?: AbortSignal,
  ): Promise<LayerWalk> {
    const { open, walkLayer } = this.#options;
    if (layer.foreign) return { kind: "foreign", reason: "it is stored outside the registry" };
    try {
      budget.admit(layer.sizeBytes);
    } catch (error) {
      if (error instanceof LayerProblemError) return error.problem;
      throw error;
    }
    return walkLayer({ source: this.counted(await open(layer, signal)), budget, wanted });
  }

  private async *counted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of source) {
        this.#readBytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      // A fact about the manifest rather than the layer, so it is never stored.
      if (isAboutContent(error)) throw new LayerProblemError({ kind: "failed", reason: asClause(error) });
      throw error;
    }
  }
}

function asClause({ message }: AppError): string {
  return message.replace(/^The /, "the ").replace(/\.$/, "");
}

function inTime(walked: LayerWalk): LayerOutcome {
  if (walked.kind !== "out_of_time") return walked;
  throw new AppError("limit_exceeded", `The image could not be inspected in time: ${walked.reason}.`, {
    suggestion: "Gantry will retry automatically. If this persists, give the machine more CPU.",
    retryable: true,
  });
}
