import { overLimit } from "@/lib/inspection/layer-problem";
import type { InspectionLimits } from "@/lib/inspection/limits";

/**
 * What one inspection may still spend on reading layers. Every method throws a `LayerProblemError` of kind `over_limit` when
 * the allowance is used up. Layers are read one after the other in a fixed order, so the same image
 * always runs into the same limit (the time limit apart).
 */
export class LayerBudget {
  readonly #limits: InspectionLimits;
  readonly #now: () => number;
  #startedAt: number | undefined;
  #compressedBytes = 0;
  #inflatedBytes = 0;
  #entries = 0;

  /** `now` in milliseconds, monotonic; the time runs from the first layer on. */
  constructor(limits: InspectionLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Called before a layer is opened, with the size that its descriptor promises. */
  admit(sizeBytes: number): void {
    this.#startedAt ??= this.#now();
    this.checkTime();
    if (this.#compressedBytes + sizeBytes > this.#limits.compressedBytes) {
      throw overLimit(
        `it has ${sizeBytes} bytes, and at most ${this.#limits.compressedBytes} bytes of layers are read per image`,
      );
    }
    this.#compressedBytes += sizeBytes;
  }

  spendInflated(bytes: number): void {
    this.checkTime();
    this.#inflatedBytes += bytes;
    if (this.#inflatedBytes > this.#limits.inflatedBytes) {
      throw overLimit(
        `more than ${this.#limits.inflatedBytes} bytes came out of decompression, the limit per image`,
      );
    }
  }

  spendEntries(count: number): void {
    this.#entries += count;
    if (this.#entries > this.#limits.layerEntries) {
      throw overLimit(`more than ${this.#limits.layerEntries} archive entries were met, the limit per image`);
    }
  }

  private checkTime(): void {
    if (this.#startedAt !== undefined && this.#now() - this.#startedAt > this.#limits.layerMs) {
      throw overLimit(
        `reading layers took longer than ${this.#limits.layerMs / 1000} seconds, the limit per image`,
      );
    }
  }
}
