/** Crash rules: when a job whose process crashed runs again, and when it becomes a dead letter. */

/** Crashes after which a job runs in isolation, with no other job beside it. */
const ISOLATED_AFTER = 2;
/** Crashes in isolation after which a job is a dead letter. */
const DEAD_AFTER_ALONE = 3;

const FIRST_DELAY_SECONDS = 5;
const DELAY_FACTOR = 6;
const DELAY_SECONDS_MAX = 3_600;

export type CrashDelay = (crashes: number) => number;

type Crashes = { crashes: number; crashesAlone: number; deadSince: Date | null };

export function runsAlone({ crashes }: Crashes): boolean {
  return crashes >= ISOLATED_AFTER;
}

export function isDeadLetter({ crashesAlone, deadSince }: Crashes): boolean {
  return deadSince !== null || crashesAlone >= DEAD_AFTER_ALONE;
}

/** The crash counts of a dead letter that an admin retries: it starts over, in isolation. */
export const RETRIED: Crashes = { crashes: ISOLATED_AFTER, crashesAlone: 0, deadSince: null };

/**
 * Exponential back-off: 0 after the first crash, then 5 s, 30 s, 3 min, 18 min, 1 h. The pause also keeps unrelated
 * kills from hitting the job every time.
 */
export const crashDelaySeconds: CrashDelay = (crashes) => {
  if (crashes < ISOLATED_AFTER) return 0;
  return Math.min(DELAY_SECONDS_MAX, FIRST_DELAY_SECONDS * DELAY_FACTOR ** (crashes - ISOLATED_AFTER));
};
