import { outOfTime, overLimit } from "@/lib/archive/layer-problem";

export type LayerLimits = {
  /** Layer bytes transferred, for all platforms together. */
  compressedBytes: number;
  /** Layer bytes after decompression, for all platforms together. */
  inflatedBytes: number;
  /** Entries of layer archives, including directories that they only imply. */
  layerEntries: number;
  /** Time for reading layers, not counting the wait for a thread. */
  layerMs: number;
};

export type LayerSpending = {
  compressedBytes: number;
  inflatedBytes: number;
  entries: number;
  elapsedMs: number;
};

/** A budget in transit to another thread. */
export type LayerAllowance = { limits: LayerLimits; spent: LayerSpending };

const NOTHING: LayerSpending = { compressedBytes: 0, inflatedBytes: 0, entries: 0, elapsedMs: 0 };

/**
 * The remaining budget of one inspection for reading layers. Every method throws a `LayerProblemError` when the
 * budget is spent: `over_limit` for bytes and entries, `out_of_time` for time. Layers are read one after the other in
 * a fixed order, so the same image always hits the same limit of bytes or entries; time depends on the machine.
 */
export class LayerBudget {
  readonly #limits: LayerLimits;
  readonly #now: () => number;
  readonly #spent: LayerSpending;
  #startedAt: number | undefined;

  /** `now`: monotonic clock in milliseconds. */
  constructor(limits: LayerLimits, now: () => number, spent: LayerSpending = NOTHING) {
    this.#limits = limits;
    this.#now = now;
    this.#spent = { ...spent };
  }

  /** Runs `read` with the clock running. Time between layers, such as the wait for a thread, does not count. */
  async timed<Result>(read: () => Promise<Result>): Promise<Result> {
    this.#startedAt = this.#now();
    try {
      return await read();
    } finally {
      this.#spent.elapsedMs = this.elapsedMs();
      this.#startedAt = undefined;
    }
  }

  /** Admits a layer before it is opened, by the size in its descriptor. */
  admit(sizeBytes: number): void {
    this.checkTime();
    const { compressedBytes } = this.#limits;
    if (this.#spent.compressedBytes + sizeBytes > compressedBytes) {
      throw overLimit(
        `it has ${sizeBytes} bytes; the limit for the layers of an image is ${compressedBytes}`,
      );
    }
    this.#spent.compressedBytes += sizeBytes;
  }

  spendInflated(bytes: number): void {
    this.checkTime();
    this.#spent.inflatedBytes += bytes;
    if (this.#spent.inflatedBytes > this.#limits.inflatedBytes) {
      throw overLimit(
        `the layers decompress to more than ${this.#limits.inflatedBytes} bytes, the limit per image`,
      );
    }
  }

  spendEntries(count: number): void {
    this.#spent.entries += count;
    if (this.#spent.entries > this.#limits.layerEntries) {
      throw overLimit(
        `the layers have more than ${this.#limits.layerEntries} archive entries, the limit per image`,
      );
    }
  }

  /** The budget for a thread that spends on behalf of this one; `settle` takes back what it spent. */
  allowance(): LayerAllowance {
    return { limits: this.#limits, spent: { ...this.#spent, elapsedMs: this.elapsedMs() } };
  }

  settle({ inflatedBytes, entries, elapsedMs }: LayerSpending): void {
    this.#spent.inflatedBytes = inflatedBytes;
    this.#spent.entries = entries;
    this.#spent.elapsedMs = elapsedMs;
  }

  private elapsedMs(): number {
    const runningMs = this.#startedAt === undefined ? 0 : this.#now() - this.#startedAt;
    return this.#spent.elapsedMs + runningMs;
  }

  private checkTime(): void {
    const { layerMs } = this.#limits;
    if (this.elapsedMs() > layerMs) {
      throw outOfTime(`reading its layers took longer than ${layerMs / 1000} seconds`);
    }
  }
}
