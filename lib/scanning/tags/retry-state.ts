/**
 * Retries with exponential back-off for tags whose inspection fails: which of them a scan retries, and when the next
 * retry is due. Delays grow from a minute to six hours, so a broken image costs little and still recovers automatically.
 */

import { recordedError } from "@/lib/marketplace/rows/json-columns";
import type { FailedInspection } from "@/lib/marketplace/scans/failed-inspections";
import { isAppError } from "@/lib/platform/errors";
import { isAboutContent } from "@/lib/registry/oci/errors";
import { isFinal } from "@/lib/scanning/scan-error";

const FIRST_WAIT_SECONDS = 60;
export const LONGEST_WAIT_SECONDS = 6 * 3_600;
/** Jitter: up to this fraction of a delay is dropped, so that retries of many extensions spread out. */
const JITTER = 1 / 4;

/** Seconds until the next retry after `attempts` consecutive failures. `chance` in [0, 1). */
export function waitSeconds(attempts: number, chance: number): number {
  const doubled = FIRST_WAIT_SECONDS * 2 ** Math.min(attempts - 1, 20);
  return Math.min(doubled, LONGEST_WAIT_SECONDS) * (1 - JITTER * chance);
}

/** One inspection that failed now. Without a digest: the registry could not say where the tag points. */
export type Failure = { tag: string; digest: string | undefined; error: unknown };

/** Read-only: what failed now becomes part of the state of the next scan. */
export type RetryState = {
  /** By tag, where those whose retry is not due pointed when they were last looked up. */
  pointed: ReadonlyMap<string, string>;
  /** The retry is not due. Without a digest: of the look-up. */
  waits(tag: string, digest: string | undefined): boolean;
  /** The same tags, those that failed before behind the others, so that they cannot hold those up. */
  failedLast(tags: readonly string[]): string[];
  /** The rows to store: `failed` now, and those from before whose tags `still` wait. */
  after(failed: readonly Failure[], still: (tag: string) => boolean): FailedInspection[];
};

/** `before`: what earlier scans stored; nothing for a scan that a person requested, which retries everything. */
export function retryState(before: readonly FailedInspection[], now: Date, chance: number): RetryState {
  const known = new Map(before.map((each) => [each.tag, each]));
  return {
    pointed: new Map(
      before.flatMap((row) =>
        row.digest === undefined || isDue(row) ? [] : [[row.tag, row.digest] as const],
      ),
    ),
    waits(tag, digest) {
      const row = known.get(tag);
      return row !== undefined && row.digest === digest && !isDue(row);
    },
    failedLast: (tags) => [...tags.filter((tag) => !known.has(tag)), ...tags.filter((tag) => known.has(tag))],
    after(failed, still) {
      const rows = new Map(failed.map((failure) => [failure.tag, rowOf(failure)]));
      return [...rows.values(), ...before.filter(({ tag }) => !rows.has(tag) && still(tag))];
    },
  };

  function rowOf({ tag, digest, error }: Failure): FailedInspection {
    const row = known.get(tag);
    const attempts = (row !== undefined && row.digest === digest ? row.attempts : 0) + 1;
    const isForGood = digest !== undefined && (isAboutContent(error) || isFinal(error));
    const nextTryAt = isForGood ? undefined : nextTry(attempts, error);
    return { tag, digest, attempts, error: recordedError(error), lastTriedAt: now, nextTryAt };
  }

  function isDue({ nextTryAt }: FailedInspection): boolean {
    return nextTryAt !== undefined && nextTryAt <= now;
  }

  function nextTry(attempts: number, error: unknown): Date {
    const demanded = isAppError(error) ? (error.retryAfterSeconds ?? 0) : 0;
    const seconds = Math.max(waitSeconds(attempts, chance), Math.min(demanded, LONGEST_WAIT_SECONDS));
    return new Date(now.getTime() + seconds * 1000);
  }
}

/**
 * The earliest retry that brings the next scan forward: only delays shorter than the interval do, so that no repository
 * is scanned more often for long. Longer delays end with the first scan after them.
 */
export function earliestTry(failing: readonly FailedInspection[], intervalSeconds: number): Date | undefined {
  const times = failing.flatMap(({ lastTriedAt, nextTryAt }) => {
    if (nextTryAt === undefined) return [];
    return nextTryAt.getTime() - lastTriedAt.getTime() < intervalSeconds * 1000 ? [nextTryAt.getTime()] : [];
  });
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}
