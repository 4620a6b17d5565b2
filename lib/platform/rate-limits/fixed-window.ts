/** Rate limit by fixed window: counts what each key consumes in a window that begins with its first use. */

export type Usage = {
  consumed: number;
  /** Milliseconds until the window ends and the count resets. */
  msLeft: number;
};

export type FixedWindow = {
  peek(key: string): Promise<Usage>;
  /** Adds one and returns the new usage. Atomic: concurrent calls are all counted. */
  consume(key: string): Promise<Usage>;
  /** Subtracts one, never below zero. */
  refund(key: string): Promise<void>;
  /** Resets the key's count. */
  reset(key: string): Promise<void>;
};
