export type RememberedOptions<Value> = {
  lifetimeMs: number;
  /** The oldest go when all together are larger. */
  maxBytes: number;
  sizeOf: (value: Value) => number;
  /** Monotonic milliseconds. */
  now: () => number;
};

/** What an entry is counted as besides its value. */
const OVERHEAD_BYTES = 512;

/** Good outcomes by key for a while: the versions of one extension mostly name the same addresses. */
export class Remembered<Value> {
  readonly #options: RememberedOptions<Value>;
  readonly #known = new Map<string, { value: Value; untilMs: number; sizeBytes: number }>();
  #heldBytes = 0;

  constructor(options: RememberedOptions<Value>) {
    this.#options = options;
  }

  get(key: string): Value | undefined {
    const entry = this.#known.get(key);
    if (entry === undefined || entry.untilMs > this.#options.now()) return entry?.value;
    this.#drop(key);
    return undefined;
  }

  set(key: string, value: Value): void {
    const { lifetimeMs, maxBytes, sizeOf, now } = this.#options;
    this.#drop(key);
    const sizeBytes = sizeOf(value) + OVERHEAD_BYTES;
    this.#known.set(key, { value, untilMs: now() + lifetimeMs, sizeBytes });
    this.#heldBytes += sizeBytes;
    for (const oldest of this.#known.keys()) {
      if (this.#heldBytes <= maxBytes) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#heldBytes -= this.#known.get(key)?.sizeBytes ?? 0;
    this.#known.delete(key);
  }
}
