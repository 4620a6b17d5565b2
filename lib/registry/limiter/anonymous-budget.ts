/** Request budget per host, shared by all anonymous callers, whatever quota the host reports. */

/** The window of Docker Hub's rate limit. */
const WINDOW_MS = 6 * 60 * 60 * 1000;
/** Enough for about 50 to 100 pre-flights. */
const REQUESTS_PER_WINDOW = 600;

export function createAnonymousBudget() {
  let spent = 0;
  let untilMs = 0;
  const isFresh = (nowMs: number) => nowMs < untilMs;
  return {
    /** When the budget refills; undefined if some is left. */
    emptyUntil: (nowMs: number) => (isFresh(nowMs) && spent >= REQUESTS_PER_WINDOW ? untilMs : undefined),
    spend(nowMs: number): void {
      if (!isFresh(nowMs)) [spent, untilMs] = [0, nowMs + WINDOW_MS];
      spent += 1;
    },
    isUntouched: (nowMs: number) => !isFresh(nowMs),
  };
}
