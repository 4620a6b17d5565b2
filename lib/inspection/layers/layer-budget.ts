import { overLimit } from "@/lib/inspection/layers/layer-problem";
import type { InspectionLimits } from "@/lib/inspection/limits";

export type LayerLimits = Pick<
  InspectionLimits,
  "compressedBytes" | "inflatedBytes" | "layerEntries" | "layerMs"
>;

export type LayerSpending = {
  compressedBytes: number;
  inflatedBytes: number;
  entries: number;
  elapsedMs: number;
};

/** A budget on its way to another thread. */
export type LayerAllowance = { limits: LayerLimits; spent: LayerSpending };

const NOTHING: LayerSpending = { compressedBytes: 0, inflatedBytes: 0, entries: 0, elapsedMs: 0 };

/**
 * What one inspection may still spend on reading layers. Every method throws a `LayerProblemError` of kind `over_limit` when
 * the allowance is used up. Layers are read one after the other in a fixed order, so the same image
 * always runs into the same limit (the time limit apart).
 */
export class LayerBudget {
  readonly #limits: LayerLimits;
  readonly #now: () => number;
  readonly #spent: LayerSpending;
  #startedAt: number | undefined;

  /** `now` in milliseconds, monotonic; the time runs from the first layer on, or on from what was spent before. */
  constructor(limits: LayerLimits, now: () => number, spent: LayerSpending = NOTHING) {
    this.#limits = limits;
    this.#now = now;
    this.#spent = { ...spent };
    if (spent.elapsedMs > 0) this.#startedAt = now() - spent.elapsedMs;
  }

  /** Called before a layer is opened, with the size that its descriptor promises. */
  admit(sizeBytes: number): void {
    this.#startedAt ??= this.#now();
    this.checkTime();
    const { compressedBytes } = this.#limits;
    if (this.#spent.compressedBytes + sizeBytes > compressedBytes) {
      throw overLimit(
        `it has ${sizeBytes} bytes, and at most ${compressedBytes} bytes of layers are read per image`,
      );
    }
    this.#spent.compressedBytes += sizeBytes;
  }

  spendInflated(bytes: number): void {
    this.checkTime();
    this.#spent.inflatedBytes += bytes;
    if (this.#spent.inflatedBytes > this.#limits.inflatedBytes) {
      throw overLimit(
        `more than ${this.#limits.inflatedBytes} bytes came out of decompression, the limit per image`,
      );
    }
  }

  spendEntries(count: number): void {
    this.#spent.entries += count;
    if (this.#spent.entries > this.#limits.layerEntries) {
      throw overLimit(`more than ${this.#limits.layerEntries} archive entries were met, the limit per image`);
    }
  }

  /** For a thread that spends in this budget's stead; `settle` takes what it spent back. */
  allowance(): LayerAllowance {
    return { limits: this.#limits, spent: { ...this.#spent, elapsedMs: this.elapsedMs() } };
  }

  settle({ inflatedBytes, entries }: LayerSpending): void {
    this.#spent.inflatedBytes = inflatedBytes;
    this.#spent.entries = entries;
  }

  private elapsedMs(): number {
    return this.#startedAt === undefined ? 0 : this.#now() - this.#startedAt;
  }

  private checkTime(): void {
    const { layerMs } = this.#limits;
    if (this.elapsedMs() > layerMs) {
      throw overLimit(`reading layers took longer than ${layerMs / 1000} seconds, the limit per image`);
    }
  }
}
