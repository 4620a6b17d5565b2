/** What strangers can have a host asked in one window, whatever the host says that it grants. */

/** As long as Docker Hub counts. */
const WINDOW_MS = 6 * 60 * 60 * 1000;
/** Some 50 to 100 pre-flights. */
const REQUESTS_PER_WINDOW = 600;

export function createAnonymousBudget() {
  let spent = 0;
  let untilMs = 0;
  const isFresh = (nowMs: number) => nowMs < untilMs;
  return {
    /** When there is a budget again; undefined while there is some left. */
    emptyUntil: (nowMs: number) => (isFresh(nowMs) && spent >= REQUESTS_PER_WINDOW ? untilMs : undefined),
    spend(nowMs: number): void {
      if (!isFresh(nowMs)) [spent, untilMs] = [0, nowMs + WINDOW_MS];
      spent += 1;
    },
    isUntouched: (nowMs: number) => !isFresh(nowMs),
  };
}
