/**
 * `failed`: a fault of the host that can pass. `failed_for_scope`: the host responded, but not for this repository.
 * `unknown`: the caller gave up before there was a response.
 */
export type Outcome = "answered" | "failed" | "failed_for_scope" | "unknown";

/** Consecutive failures before the circuit opens. */
const FAILURES_IN_A_ROW = 5;

/** How long the circuit stays open at first; each failed probe doubles it (exponential back-off). */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60 * 1000;

/** A circuit breaker for one host: opens after consecutive failures; after the pause the next request probes the host. */
export function createCircuitBreaker() {
  let failures = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let retryAtMs = 0;
  const isOpen = () => failures >= FAILURES_IN_A_ROW;
  return {
    failures: () => failures,
    /** True from the fifth failure until the host responds; until then, probes go one by one. */
    isOpen,
    /** When the next probe is allowed; undefined if requests can pass now. */
    closedUntil: (nowMs: number) => (isOpen() && nowMs < retryAtMs ? retryAtMs : undefined),
    /** Begins a request. Call the result with its outcome; it returns true if this opened the circuit. */
    begin(): (outcome: Exclude<Outcome, "failed_for_scope">, nowMs: number) => boolean {
      const isProbe = isOpen();
      return (outcome, nowMs) => {
        if (outcome === "unknown") return false;
        if (outcome === "answered") {
          failures = 0;
          pauseMs = FIRST_PAUSE_MS;
          return false;
        }
        failures += 1;
        // Requests that were in flight when the circuit opened add no information.
        if (failures !== FAILURES_IN_A_ROW && !isProbe) return false;
        retryAtMs = nowMs + pauseMs;
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        return true;
      };
    },
  };
}
