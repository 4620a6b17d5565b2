import { type Machine, NONE, nextState, possibleEvents } from "@/lib/extension/states/machine";

/**
 * `checking`: being inspected. `in_review`: waits for a reviewer. `needs_changes`: waits for the publisher. `errored`:
 * Gantry or a registry failed, which is never the publisher's fault; Gantry retries. All other states are final.
 */
export type SubmissionState =
  | "checking"
  | "in_review"
  | "needs_changes"
  | "errored"
  | "approved"
  | "declined"
  | "withdrawn";

export type SubmissionEvent =
  | "submitted"
  /** The inspection found no errors. */
  | "inspected_ok"
  | "inspected_with_errors"
  /** The repository is private, and only a reviewer can have it read with stored credentials. */
  | "needs_credentials"
  /** The inspection itself failed. */
  | "inspection_failed"
  /** The candidate's tag was pushed, or a newer candidate. */
  | "push"
  | "reply"
  | "check_again"
  | "approve"
  | "decline"
  | "request_changes"
  | "withdraw";

/** An open submission is checked again whenever something about it may have changed. */
const RECHECK = { push: "checking", reply: "checking", check_again: "checking" } as const;

export const SUBMISSION_MACHINE: Machine<SubmissionState, SubmissionEvent> = {
  thing: "submission",
  transitions: {
    none: { submitted: "checking" },
    checking: {
      ...RECHECK,
      inspected_ok: "in_review",
      inspected_with_errors: "needs_changes",
      needs_credentials: "in_review",
      inspection_failed: "errored",
      withdraw: "withdrawn",
    },
    in_review: {
      ...RECHECK,
      approve: "approved",
      decline: "declined",
      request_changes: "needs_changes",
      withdraw: "withdrawn",
    },
    needs_changes: { ...RECHECK, withdraw: "withdrawn" },
    errored: { ...RECHECK, withdraw: "withdrawn" },
    approved: {},
    declined: {},
    withdrawn: {},
  },
  acts: {
    submitted: "submit it",
    inspected_ok: "record an inspection without errors",
    inspected_with_errors: "record an inspection with errors",
    needs_credentials: "record that it needs credentials",
    inspection_failed: "record a failed inspection",
    push: "check a new push",
    reply: "reply",
    check_again: "check it again",
    approve: "approve it",
    decline: "decline it",
    request_changes: "request changes",
    withdraw: "withdraw it",
  },
  automatic: ["inspected_ok", "inspected_with_errors", "needs_credentials", "inspection_failed", "push"],
};

/** The state after `event`; `undefined` = not submitted yet. Throws `illegal_state`. */
export function nextSubmissionState(
  state: SubmissionState | undefined,
  event: SubmissionEvent,
): SubmissionState {
  return nextState(SUBMISSION_MACHINE, state ?? NONE, event);
}

/** Whether the submission is not yet approved, declined or withdrawn. */
export function isOpenSubmission(state: SubmissionState): boolean {
  return possibleEvents(SUBMISSION_MACHINE, state).length > 0;
}
