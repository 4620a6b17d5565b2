import { describe, expect, test } from "vitest";
import { ENTRY_MACHINE, nextEntryState } from "@/lib/extension/states/entry";
import { type Machine, NONE, nextState, possibleEvents } from "@/lib/extension/states/machine";
import { nextScanState, SCAN_MACHINE } from "@/lib/extension/states/scan";
import { isOpenSubmission, nextSubmissionState, SUBMISSION_MACHINE } from "@/lib/extension/states/submission";
import { nextVisibility, VISIBILITY_MACHINE, type Visibility } from "@/lib/extension/states/version";
import { hasCode } from "@/lib/platform/errors";
import fc from "@/tests/builders/fast-check";

/** Every move that is allowed, as “from event to”. */
const SUBMISSION = `
  none submitted checking
  checking inspected_ok in_review
  checking inspected_with_errors needs_changes
  checking inspection_failed errored
  checking push checking, checking reply checking, checking check_again checking
  in_review push checking, in_review reply checking, in_review check_again checking
  needs_changes push checking, needs_changes reply checking, needs_changes check_again checking
  errored push checking, errored reply checking, errored check_again checking
  in_review approve approved, in_review decline declined, in_review request_changes needs_changes
  checking needs_credentials in_review
  checking withdraw withdrawn, in_review withdraw withdrawn
  needs_changes withdraw withdrawn, errored withdraw withdrawn`;

const ENTRY = `
  none approve active
  active suspend suspended, suspended resume active
  active revoke revoked, suspended revoke revoked, revoked approve active
  active expire expired, expired renew active, expired revoke revoked`;

const VISIBILITY = `
  unlisted list listed, unlisted hold held, unlisted block blocked
  listed hold held, listed yank yanked, listed block blocked, listed supersede unlisted
  held list listed, held hold held, held yank yanked, held block blocked, held supersede unlisted
  yanked restore listed, yanked block blocked
  blocked restore listed, blocked block blocked`;

const SCAN = `
  none queue queued, queued start running, running queue queued
  running succeed ok, running find_nothing_new unchanged, running succeed_partly partial
  running fail failed, running hit_rate_limit rate_limited, rate_limited queue queued`;

describe.each([
  ["submission", SUBMISSION_MACHINE, SUBMISSION],
  ["entry", ENTRY_MACHINE, ENTRY],
  ["visibility", VISIBILITY_MACHINE, VISIBILITY],
  ["scan", SCAN_MACHINE, SCAN],
])("%s", (_name, typed, arrows) => {
  const machine: Machine<string, string, string> = typed;
  const allowed = new Map(movesOf(arrows).map(([from, event, to]) => [`${from} ${event}`, to]));
  const states = Object.keys(machine.transitions);
  const events = Object.keys(machine.acts);

  test("moves only as the table says, and otherwise says what is possible", () => {
    for (const state of states) {
      for (const event of events) {
        const to = allowed.get(`${state} ${event}`);
        if (to === undefined) expectIllegal(machine, state, event);
        else expect(nextState(machine, state, event)).toBe(to);
      }
    }
  });

  test("never leaves its states, whatever happens to it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        fc.array(fc.constantFrom(...events), { maxLength: 30 }),
        (start, history) => {
          let state = start;
          for (const event of history) {
            if (!possibleEvents(machine, state).includes(event)) expectIllegal(machine, state, event);
            else state = nextState(machine, state, event);
            expect(states).toContain(state);
          }
        },
      ),
    );
  });
});

test("a refusal is written for people", () => {
  expect(() => nextSubmissionState("approved", "withdraw")).toThrow(
    "The submission is in state “approved”, so you cannot withdraw it.",
  );
  expect(refusalOf(() => nextSubmissionState("needs_changes", "approve"))).toMatchObject({
    status: 422,
    message: "The submission is in state “needs changes”, so you cannot approve it.",
    suggestion: "Allowed now: reply; check it again; withdraw it.",
    details: {
      state: "needs_changes",
      event: "approve",
      possible: ["push", "reply", "check_again", "withdraw"],
    },
  });
  expect(refusalOf(() => nextEntryState(undefined, "suspend"))).toMatchObject({
    message: "There is no entry yet, so you cannot suspend it.",
    suggestion: "Allowed now: approve the repository.",
  });
  expect(refusalOf(() => nextScanState("queued", "fail"))).toHaveProperty(
    "suggestion",
    "Wait. Gantry continues automatically.",
  );
  expect(refusalOf(() => nextSubmissionState("declined", "reply"))).toHaveProperty(
    "suggestion",
    "No further action is possible.",
  );
});

test("things begin with their first event", () => {
  expect(nextSubmissionState(undefined, "submitted")).toBe("checking");
  expect(nextEntryState(undefined, "approve")).toBe("active");
  expect(nextScanState(undefined, "queue")).toBe("queued");
});

test("a submission is open until it is decided or withdrawn", () => {
  const open = ["checking", "in_review", "needs_changes", "errored"] as const;
  const closed = ["approved", "declined", "withdrawn"] as const;
  expect(open.every(isOpenSubmission)).toBe(true);
  expect(closed.some(isOpenSubmission)).toBe(false);
});

test("restoring brings a version back to where it was, so that nothing is listed that never was", () => {
  expect(nextVisibility("yanked", "restore")).toBe("listed");
  expect(nextVisibility("blocked", "restore", "held")).toBe("held");
  expect(nextVisibility("blocked", "restore", "unlisted")).toBe("unlisted");
  expect(nextVisibility("blocked", "restore", "yanked")).toBe("yanked");
  expect(nextVisibility("held", "list", "unlisted")).toBe("listed");
  expect(() => nextVisibility("held", "restore", "listed")).toThrow("cannot restore it");
});

test("no sequence of acts lists a blocked version before somebody restores it", () => {
  const acts = fc.constantFrom("list", "hold", "yank", "block", "supersede");
  const states = fc.constantFrom("unlisted", "listed", "held", "yanked", "blocked");
  fc.assert(
    fc.property(states, fc.array(acts), (before, history) => {
      let state: Visibility = nextVisibility(before, "block");
      for (const act of history) {
        if (possibleEvents(VISIBILITY_MACHINE, state).includes(act)) state = nextVisibility(state, act);
        expect(state).toBe("blocked");
      }
    }),
  );
});

function movesOf(arrows: string): [from: string, event: string, to: string][] {
  return arrows.split(/[\n,]/).flatMap((line): [string, string, string][] => {
    const [from, event, to] = line.trim().split(" ");
    return from && event && to ? [[from, event, to]] : [];
  });
}

function expectIllegal(machine: Machine<string, string, string>, state: string, event: string): void {
  const refusal = refusalOf(() => nextState(machine, state, event));
  expect(hasCode(refusal, "illegal_state")).toBe(true);
  expect(refusal).toHaveProperty("details", { state, event, possible: possibleEvents(machine, state) });
  expect(refusal).toHaveProperty(
    "suggestion",
    expect.stringMatching(/^(Allowed now: |No further action|Wait\. )/),
  );
  if (state !== NONE) expect(refusal).toHaveProperty("message", expect.stringContaining(machine.thing));
}

function refusalOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
