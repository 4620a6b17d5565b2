/** `failed`: the server itself reported the failure; `why` is part of a sentence. `unknown`: no answer. */
export type AddressAnswer = { kind: "fine" } | { kind: "failed"; why: string } | { kind: "unknown" };

/** Consecutive failures of an address. */
export type AddressFailures = {
  times: number;
  since: Date;
  last: Date;
  why: string;
  /** Since when the link counts as broken; null while it does not. */
  deadSince: Date | null;
};

/** Consecutive failures, and their duration, before a link is broken: an afternoon of downtime is not enough. */
const FAILURES_MIN = 3;
const FAILED_MS_MIN = 24 * 60 * 60 * 1000;

/** Minimum distance between counted failures: a repeated job or two parallel workers must not count one outage twice. */
const FAILURES_APART_MS = 6 * 60 * 60 * 1000;

/**
 * The failures of an address after `answer` at `now`; undefined when there are none. One success clears them, and
 * `unknown` leaves them unchanged.
 */
export function afterAnswer(
  before: AddressFailures | undefined,
  answer: AddressAnswer,
  now: Date,
): AddressFailures | undefined {
  switch (answer.kind) {
    case "fine":
      return undefined;
    case "unknown":
      return before;
    case "failed":
      return before === undefined
        ? { times: 1, since: now, last: now, why: answer.why, deadSince: null }
        : failedAgain(before, answer.why, now);
  }
}

function failedAgain(before: AddressFailures, why: string, now: Date): AddressFailures {
  if (now.getTime() - before.last.getTime() < FAILURES_APART_MS) return before;
  const times = before.times + 1;
  const isDead = times >= FAILURES_MIN && now.getTime() - before.since.getTime() >= FAILED_MS_MIN;
  return { ...before, times, last: now, why, deadSince: before.deadSince ?? (isDead ? now : null) };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The next check after `now`: daily at a fixed time, at least half a day ahead. `share` (0 to 1) spreads the extensions
 * over the day.
 */
export function nextAddressCheck(now: Date, share: number): Date {
  const earliestMs = now.getTime() + DAY_MS / 2;
  const slotMs = Math.floor(share * DAY_MS) % DAY_MS;
  const days = Math.ceil((earliestMs - slotMs) / DAY_MS);
  return new Date(days * DAY_MS + slotMs);
}
