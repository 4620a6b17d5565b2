/**
 * A function that can run in a thread: pure, synchronous, with input and output that can be cloned (no functions, no
 * class instances). The thread imports it as the export `name` of `module`.
 */
export type Task<Input, Output> = {
  /** Path from the repository root without extension: `lib/registry/manifest-task`. */
  module: string;
  name: string;
  run: (input: Input) => Output;
  /** Estimated cost of the input, in characters of JSON. */
  weigh: (input: Input) => number;
};

/**
 * Lighter inputs run on the calling thread. Moving one to a thread costs about 0.2 ms, and up to a second if no thread
 * is running; parsing 16 KiB of JSON takes less than 1 ms. Manifests and configs of ordinary images are lighter.
 */
export const INLINE_WEIGHT = 16 * 1024;
