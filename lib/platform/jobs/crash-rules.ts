/** When a job that was running in processes that crashed runs again, and when it no longer does. */

/** Crashes after which a job runs with no other job beside it. */
const ISOLATED_AFTER = 2;
/** Crashes alone after which a job is a dead letter. */
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

/** What a dead letter keeps when an admin retries it: it starts over, alone. */
export const RETRIED: Crashes = { crashes: ISOLATED_AFTER, crashesAlone: 0, deadSince: null };

/** 0 after the first crash, then 5 s, 30 s, 3 min, 18 min, 1 h. The pause also keeps unrelated kills from hitting the job every time. */
export const crashDelaySeconds: CrashDelay = (crashes) => {
  if (crashes < ISOLATED_AFTER) return 0;
  return Math.min(DELAY_SECONDS_MAX, FIRST_DELAY_SECONDS * DELAY_FACTOR ** (crashes - ISOLATED_AFTER));
};
