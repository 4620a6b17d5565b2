/** `failed`: the host's trouble, such as may pass. `unknown`: the caller gave up before it was clear. */
export type Outcome = "answered" | "failed" | "unknown";

/** So many failures in a row, and the host is left alone. */
const FAILURES_IN_A_ROW = 5;

/** For how long, doubled with each request that fails after it. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60 * 1000;

/** Leaves a host alone that keeps failing; whoever comes after the pause finds out whether it is back. */
export function createCircuitBreaker() {
  let failures = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let retryAtMs = 0;
  const isOpen = () => failures >= FAILURES_IN_A_ROW;
  return {
    failures: () => failures,
    /** True from the fifth failure until the host answers; requests then go one by one. */
    isOpen,
    /** When to come back, while nobody may pass. */
    closedUntil: (nowMs: number) => (isOpen() && nowMs < retryAtMs ? retryAtMs : undefined),
    /** A request begins. Whoever began it says how it ended; true = the host is left alone from now on. */
    begin(): (outcome: Outcome, nowMs: number) => boolean {
      const isProbe = isOpen();
      return (outcome, nowMs) => {
        if (outcome === "unknown") return false;
        if (outcome === "answered") {
          failures = 0;
          pauseMs = FIRST_PAUSE_MS;
          return false;
        }
        failures += 1;
        // Those that were on their way when it opened tell nothing new.
        if (failures !== FAILURES_IN_A_ROW && !isProbe) return false;
        retryAtMs = nowMs + pauseMs;
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        return true;
      };
    },
  };
}
