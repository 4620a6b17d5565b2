/** `failed`: the address's own server says so; `why` is a part of a sentence. `unknown`: no answer, nobody's fault. */
export type AddressAnswer = { kind: "fine" } | { kind: "failed"; why: string } | { kind: "unknown" };

/** Failures of an address without a good answer between them. */
export type AddressFailures = {
  times: number;
  since: Date;
  last: Date;
  why: string;
  /** Since when it counts as dead; null while it may still come back unnoticed. */
  deadSince: Date | null;
};

/** So many, over so long: a host that is away for an afternoon is no dead address. */
const FAILURES_MIN = 3;
const FAILED_MS_MIN = 24 * 60 * 60 * 1000;

/** A job that is repeated, or two workers at once, must not make one bad hour look like many. */
const FAILURES_APART_MS = 6 * 60 * 60 * 1000;

/**
 * What is held against an address after `answer` at `now`; undefined = nothing. No answer leaves it as it was, and
 * whatever is held is dropped by one good answer.
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
 * When addresses are asked for again after `now`: each day at the same time, which `share` (0 to 1) spreads over the day,
 * and never within half a day.
 */
export function nextAddressCheck(now: Date, share: number): Date {
  const earliestMs = now.getTime() + DAY_MS / 2;
  const slotMs = Math.floor(share * DAY_MS) % DAY_MS;
  const days = Math.ceil((earliestMs - slotMs) / DAY_MS);
  return new Date(days * DAY_MS + slotMs);
}
