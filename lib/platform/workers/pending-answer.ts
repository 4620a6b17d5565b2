type Settle<Message> = { resolve(message: Message): void; reject(error: unknown): void };

/** The pending response of a worker: at most one at a time, with a time-out, rejected once the worker has ended. */
export class PendingAnswer<Message> {
  #owed: Settle<Message> | undefined;
  #end: { error: unknown } | undefined;

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /**
   * Resolves with the next message. Rejects with `tooLate()` after the time-out, and with the error passed to `end`.
   */
  next(timeoutMs: number, tooLate: () => Error): Promise<Message> {
    if (this.#end !== undefined) return Promise.reject(this.#end.error);
    return new Promise<Message>((resolve, reject) => {
      const settled = <Value>(settle: (value: Value) => void) => {
        return (value: Value) => {
          clearTimeout(timer);
          this.#owed = undefined;
          settle(value);
        };
      };
      const owed: Settle<Message> = { resolve: settled(resolve), reject: settled(reject) };
      const timer = setTimeout(() => owed.reject(tooLate()), timeoutMs);
      this.#owed = owed;
    });
  }

  /** Ignores messages that nothing waits for. */
  resolve(message: Message): void {
    this.#owed?.resolve(message);
  }

  end(error: unknown): void {
    this.#end ??= { error };
    this.#owed?.reject(error);
  }
}
