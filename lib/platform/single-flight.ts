/** Single-flight: at most one run per key at a time; callers that arrive during a run share its outcome. */
export class SingleFlight<Key, Value> {
  readonly #running = new Map<Key, Promise<Value>>();

  /** The run in progress, if any. */
  running(key: Key): Promise<Value> | undefined {
    return this.#running.get(key);
  }

  /** Returns the run in progress, or starts one. Neither results nor errors are kept after the run. */
  run(key: Key, work: () => Promise<Value>): Promise<Value> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const started = work().finally(() => this.#running.delete(key));
    this.#running.set(key, started);
    return started;
  }
}
