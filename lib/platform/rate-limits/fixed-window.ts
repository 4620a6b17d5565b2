/** Rate limit by fixed window: how much each key consumes within a window that begins with its first use. */

export type Usage = {
  consumed: number;
  /** Milliseconds until the window ends and the count starts at zero again. */
  msLeft: number;
};

export type FixedWindow = {
  peek(key: string): Promise<Usage>;
  /** Adds one and returns the new usage. Atomic: parallel calls are all counted. */
  consume(key: string): Promise<Usage>;
  /** Takes one back, never below zero. */
  refund(key: string): Promise<void>;
  /** Forgets everything that the key has consumed. */
  reset(key: string): Promise<void>;
};
