import { setTimeout as delay } from "node:timers/promises";

export type RetryOptions = {
  /** True if the same call can succeed within seconds. */
  worthRetrying: (error: unknown) => boolean;
  signal?: AbortSignal | undefined;
  tries?: number;
  baseDelayMs?: number;
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Random number in [0, 1). */
  random?: () => number;
};

export const RETRY_TRIES = 3;
const BASE_DELAY_MS = 250;

/**
 * Retries `operation` with exponential back-off and full jitter (a random pause of up to base × 4^n, so that callers
 * that failed together do not return together). Throws the last error when a retry cannot help or no attempts are left.
 * Only for reads.
 */
export async function retry<T>(operation: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { worthRetrying, signal, tries = RETRY_TRIES, baseDelayMs = BASE_DELAY_MS } = options;
  const { sleep = pause, random = Math.random } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      if (attempt >= tries || signal?.aborted || !worthRetrying(error)) throw error;
    }
    await sleep(random() * baseDelayMs * 4 ** (attempt - 1), signal);
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, signal === undefined ? {} : { signal });
}
