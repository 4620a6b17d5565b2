/**
 * A function that can run in a thread: pure, synchronous, and with an input and output that can be copied between
 * threads (no functions, no class instances). The thread finds it as the export `name` of `module`.
 */
export type Task<Input, Output> = {
  /** Below the checkout, without ending: `lib/registry/manifest-task`. */
  module: string;
  name: string;
  run: (input: Input) => Output;
  /** About how much work the input is, in characters of JSON. */
  weigh: (input: Input) => number;
};

/**
 * Lighter inputs run where they are. Moving one to a thread costs about 0.2 ms here and up to a second when no thread is
 * running; parsing 16 KiB of JSON takes less than 1 ms. The manifests and configs of ordinary images are lighter.
 */
export const INLINE_WEIGHT = 16 * 1024;
