import { type Machine, NONE, nextState } from "@/lib/extension/states/machine";

/** `partial`: some of it could be read. A `rate_limited` scan waits for its time and is then queued again. */
export type ScanState = "queued" | "running" | "ok" | "unchanged" | "partial" | "failed" | "rate_limited";

export type ScanEvent =
  /** Also: a rate-limited scan is due, or the worker of a running one has died. */
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
    succeed: "end it as ok",
    find_nothing_new: "end it as unchanged",
    succeed_partly: "end it as partial",
    fail: "end it as failed",
    hit_rate_limit: "put it off",
  },
  automatic: ["start", "succeed", "find_nothing_new", "succeed_partly", "fail", "hit_rate_limit"],
};

/** The state after `event`; `undefined` = not queued yet. Throws `illegal_state`. */
export function nextScanState(state: ScanState | undefined, event: ScanEvent): ScanState {
  return nextState(SCAN_MACHINE, state ?? NONE, event);
}
