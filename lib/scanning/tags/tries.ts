/**
 * Tags whose inspection fails, for one scan: which of them are tried now, and when those that fail are tried again.
 * Waits grow from a minute to six hours, so that one broken image costs little and yet comes by itself once it works.
 */

import { recordedError } from "@/lib/marketplace/rows/recorded-error";
import type { FailingTag } from "@/lib/marketplace/scans/failing-tags";
import { isAppError } from "@/lib/platform/errors";
import { isAboutContent } from "@/lib/registry/oci/errors";

const FIRST_WAIT_SECONDS = 60;
export const LONGEST_WAIT_SECONDS = 6 * 3_600;
/** So much of a wait may be left out, so that extensions that failed together come back one by one. */
const JITTER = 1 / 4;

/** Seconds until the next try after `attempts` failures in a row. `chance` in [0, 1). */
export function waitSeconds(attempts: number, chance: number): number {
  const doubled = FIRST_WAIT_SECONDS * 2 ** Math.min(attempts - 1, 20);
  return Math.min(doubled, LONGEST_WAIT_SECONDS) * (1 - JITTER * chance);
}

export type Tries = {
  /** Where those that are not yet due pointed when they were last looked at. */
  pointed(): Map<string, string>;
  /** Not yet due. Without a digest: to be asked where it points. */
  waits(tag: string, digest: string | undefined): boolean;
  /** The tags, those that failed before behind the others, whom they must not keep from being looked at. */
  failingLast(tags: readonly string[]): string[];
  /** It was tried, and this came of it. */
  failed(tag: string, digest: string | undefined, error: unknown): void;
  /** Those that fail now, and of those before the ones that are `still` to be tried. */
  failing(still: (tag: string) => boolean): FailingTag[];
};

/** `before`: what earlier scans left; nothing when somebody asked for this scan, who wants everything tried. */
export function createTries(before: readonly FailingTag[], now: Date, chance: number): Tries {
  const known = new Map(before.map((each) => [each.tag, each]));
  const failed = new Map<string, FailingTag>();
  return {
    pointed: () =>
      new Map(
        before.flatMap((row) =>
          row.digest === undefined || isDue(row) ? [] : [[row.tag, row.digest] as const],
        ),
      ),
    waits(tag, digest) {
      const row = known.get(tag);
      return row !== undefined && row.digest === digest && !isDue(row);
    },
    failingLast: (tags) => [
      ...tags.filter((tag) => !known.has(tag)),
      ...tags.filter((tag) => known.has(tag)),
    ],
    failed(tag, digest, error) {
      const row = known.get(tag);
      const attempts = (row !== undefined && row.digest === digest ? row.attempts : 0) + 1;
      const nextTryAt = isAboutContent(error) && digest !== undefined ? undefined : nextTry(attempts, error);
      failed.set(tag, { tag, digest, attempts, error: recordedError(error), lastTriedAt: now, nextTryAt });
    },
    failing: (still) => [...failed.values(), ...before.filter(({ tag }) => !failed.has(tag) && still(tag))],
  };

  function isDue({ nextTryAt }: FailingTag): boolean {
    return nextTryAt !== undefined && nextTryAt <= now;
  }

  function nextTry(attempts: number, error: unknown): Date {
    const demanded = isAppError(error) ? (error.retryAfterSeconds ?? 0) : 0;
    const seconds = Math.max(waitSeconds(attempts, chance), Math.min(demanded, LONGEST_WAIT_SECONDS));
    return new Date(now.getTime() + seconds * 1000);
  }
}

/**
 * When a scan has to come before its time because of failing tags: for short waits only, so that no repository is scanned
 * oftener for long. The longer ones end with the first scan after them.
 */
export function earliestTry(failing: readonly FailingTag[], intervalSeconds: number): Date | undefined {
  const times = failing.flatMap(({ lastTriedAt, nextTryAt }) => {
    if (nextTryAt === undefined) return [];
    return nextTryAt.getTime() - lastTriedAt.getTime() < intervalSeconds * 1000 ? [nextTryAt.getTime()] : [];
  });
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}
