import { type Machine, NONE, nextState } from "@/lib/extension/states/machine";

/** `partial`: Gantry could read some tags only. A `rate_limited` scan is queued again after the registry's back-off. */
export type ScanState = "queued" | "running" | "ok" | "unchanged" | "partial" | "failed" | "rate_limited";

export type ScanEvent =
  /** Also when a rate-limited scan is due, or when the worker of a running scan died. */
  "queue" | "start" | "succeed" | "find_nothing_new" | "succeed_partly" | "fail" | "hit_rate_limit";

export const SCAN_MACHINE: Machine<ScanState, ScanEvent> = {
  thing: "scan",
  transitions: {
    none: { queue: "queued" },
    queued: { start: "running" },
    running: {
      queue: "queued",
      succeed: "ok",
      find_nothing_new: "unchanged",
      succeed_partly: "partial",
      fail: "failed",
      hit_rate_limit: "rate_limited",
    },
    rate_limited: { queue: "queued" },
    ok: {},
    unchanged: {},
    partial: {},
    failed: {},
  },
  acts: {
    queue: "queue it",
    start: "start it",
    succeed: "finish it as ok",
    find_nothing_new: "finish it as unchanged",
    succeed_partly: "finish it as partial",
    fail: "finish it as failed",
    hit_rate_limit: "postpone it",
  },
  automatic: ["start", "succeed", "find_nothing_new", "succeed_partly", "fail", "hit_rate_limit"],
};

/** The state after `event`; `undefined` = not queued yet. Throws `illegal_state`. */
export function nextScanState(state: ScanState | undefined, event: ScanEvent): ScanState {
  return nextState(SCAN_MACHINE, state ?? NONE, event);
}
