import { isAppError } from "@/lib/platform/errors";

const FIRST_SECONDS = 10;
const LONGEST_SECONDS = 3_600;
const DEMANDED_SECONDS_MAX = 6 * 3_600;

/** Seconds until the next try after `attempts` failures: doubling up to an hour, or what the registry demanded. */
export function retryDelaySeconds(attempts: number, error: unknown): number {
  const doubled = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(attempts, 20));
  const demanded = isAppError(error) ? (error.retryAfterSeconds ?? 0) : 0;
  return Math.max(doubled, Math.min(demanded, DEMANDED_SECONDS_MAX));
}
