import { isAppError } from "@/lib/platform/errors";

const FIRST_SECONDS = 10;
const LONGEST_SECONDS = 3_600;
const DEMANDED_SECONDS_MAX = 6 * 3_600;

/** Seconds until the next try after `attempts` failures: doubling up to an hour, or what the registry demanded. */
export function retryDelaySeconds(attempts: number, error: unknown): number {
  const doubled = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(attempts, 20));
  return Math.max(doubled, demandedSeconds(error));
}

/**
 * Seconds until a repository is scanned again after its scan failed, `failuresBefore` others having failed just before:
 * from about a minute up to the ordinary interval, or what the registry demanded.
 */
export function scanDelaySeconds(failuresBefore: number, intervalSeconds: number, error: unknown): number {
  const grown = Math.min(
    retryDelaySeconds(3 + failuresBefore, undefined),
    Math.max(intervalSeconds, FIRST_SECONDS),
  );
  return Math.max(grown, demandedSeconds(error));
}

/**
 * Seconds until an image is inspected again by newer rules after that failed: from a minute, doubling up to a day, or
 * what the registry demanded.
 */
export function reinspectionDelaySeconds(failuresBefore: number, error: unknown): number {
  return Math.max(Math.min(86_400, 60 * 2 ** Math.min(failuresBefore, 20)), demandedSeconds(error));
}

function demandedSeconds(error: unknown): number {
  return isAppError(error) ? Math.min(error.retryAfterSeconds ?? 0, DEMANDED_SECONDS_MAX) : 0;
}
