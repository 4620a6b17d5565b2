import { expect, test } from "vitest";
import { durationText, nextStep } from "@/components/publisher/next-step";
import { SUBMISSION_MACHINE } from "@/lib/extension/states/submission";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

type Stage = Parameters<typeof nextStep>[0];

const STAGE: Stage = {
  state: "checking",
  queue: null,
  error: null,
  retry: null,
  candidate: null,
  timeline: [],
};

function line(kind: string): SubmissionView["timeline"][number] {
  return { at: "2026-11-20T12:00:00.000Z", kind, actor: "Rita", message: "Words" };
}

test("every state has a status and a next step", () => {
  const states = Object.keys(SUBMISSION_MACHINE.transitions).filter((state) => state !== "none");
  expect(states).toHaveLength(7);
  for (const state of [
    "checking",
    "in_review",
    "needs_changes",
    "errored",
    "approved",
    "declined",
    "withdrawn",
  ] as const) {
    expect(states).toContain(state);
    const { title, step } = nextStep({ ...STAGE, state });
    expect(title.length).toBeGreaterThan(5);
    expect(step).toMatch(/[.]$/);
  }
});

test("a declined submission names the reviewer", () => {
  const timeline = [line("checked"), line("declined")];
  expect(nextStep({ ...STAGE, state: "declined", timeline }).title).toBe("Declined by Rita");
});

test("a check that failed on our side says whether it is retried", () => {
  const errored = (at: string | null, code = "internal") =>
    nextStep({
      ...STAGE,
      state: "errored",
      retry: { attempts: 1, at },
      error: { code, message: "It failed.", suggestion: null },
    });
  expect(errored("2026-11-20T12:00:00.000Z").step).toContain("Gantry will retry automatically.");
  expect(errored(null).step).toContain("until an administrator retries it.");
  expect(errored(null, "not_a_registry").step).toMatch(/^Nothing is wrong with your image.* Check again/);
});

test("the queue shows the position and how long reviews take", () => {
  const queue = { position: 3, medianDecisionSeconds: 7_300 };
  expect(nextStep({ ...STAGE, state: "in_review", queue })).toMatchObject({
    title: "#3 in the review queue",
    step: "No action needed: a reviewer will look at it. Reviews currently take about 2 hours.",
  });
  const first = { position: 1, medianDecisionSeconds: null };
  expect(nextStep({ ...STAGE, state: "in_review", queue: first }).title).toBe("Next in the review queue");
});

test("a failure of ours is never the publisher's to fix", () => {
  const error = { code: "registry_unreachable", message: "No answer.", suggestion: null };
  expect(nextStep({ ...STAGE, state: "errored", error }).step).toMatch(/^No action needed/);
});

test.each([
  ["what a reviewer asked for", [line("checked"), line("changes_requested")], "A reviewer requested changes"],
  ["what the check found", [line("checked")], "Changes needed"],
  [
    "what the check found after a reviewer's request",
    [line("changes_requested"), line("replied"), line("checked")],
    "Changes needed",
  ],
])("needed changes are %s", (_case, timeline, title) => {
  expect(nextStep({ ...STAGE, state: "needs_changes", timeline }).title).toBe(title);
});

test("an error that prevented the check comes before everything else", () => {
  const error = { code: "no_semver_tags", message: "No tag is a version.", suggestion: "Push 1.0.0." };
  const timeline = [line("changes_requested")];
  expect(nextStep({ ...STAGE, state: "needs_changes", error, timeline })).toMatchObject({
    title: "No tag is a version.",
    step: "Push 1.0.0.",
  });
});

test.each([
  [0, "less than a minute"],
  [56, "less than a minute"],
  [57, "about a minute"],
  [100, "about 2 minutes"],
  [3_599, "about an hour"],
  [7_300, "about 2 hours"],
  [86_400, "about a day"],
  [260_000, "about 3 days"],
])("%i seconds are %s", (seconds, words) => {
  expect(durationText(seconds)).toBe(words);
});
