import type { NoticeTone } from "@/components/ui/notice";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

export type NextStep = {
  tone: NoticeTone;
  /** The current status. */
  title: string;
  /** What the submitter does next, if anything. */
  step: string;
};

type Progress = Pick<SubmissionView, "state" | "queue" | "error" | "retry" | "timeline" | "candidate">;

/** The status of a submission and the submitter's next step. */
export function nextStep(submission: Progress): NextStep {
  switch (submission.state) {
    case "checking":
      return {
        tone: "info",
        title: "Checking the image",
        step: "No action needed. This usually takes a few seconds.",
      };
    case "errored":
      return { tone: "info", title: "We couldn’t finish the check", step: erroredStep(submission) };
    case "in_review":
      return { tone: "info", title: queueTitle(submission), step: queueStep(submission) };
    case "needs_changes":
      return { tone: "warning", ...neededChange(submission) };
    case "approved":
      return {
        tone: "success",
        title: `Approved${approvedTag(submission)}`,
        step: "To release the next version, push a higher semver tag. You don’t need to submit again.",
      };
    case "declined":
      return {
        tone: "problem",
        title: declinedTitle(submission),
        step: "Address the reviewer’s reason, then submit again.",
      };
    case "withdrawn":
      return {
        tone: "info",
        title: "Withdrawn",
        step: "You withdrew this submission. You can submit the extension again.",
      };
  }
}

function erroredStep({ retry, error }: Progress): string {
  const ours = "No action needed: the problem is on our side.";
  if (retry === null || retry.at !== null) return `${ours} Gantry will retry automatically.`;
  return error === null || error.code === "internal"
    ? `${ours} The check waits until an administrator retries it.`
    : "Nothing is wrong with your image: the registry answers this way every time. Select Check again once its operator has fixed it.";
}

function queueTitle({ queue }: Progress): string {
  if (queue === null) return "Waiting for a reviewer";
  return queue.position === 1 ? "Next in the review queue" : `#${queue.position} in the review queue`;
}

function queueStep({ queue }: Progress): string {
  const median = queue?.medianDecisionSeconds ?? null;
  const next = "No action needed: a reviewer will look at it.";
  return median === null ? next : `${next} Reviews currently take ${durationText(median)}.`;
}

function neededChange({ error, timeline }: Progress): { title: string; step: string } {
  if (error !== null)
    return { title: error.message, step: error.suggestion ?? "Fix this, then select Check again." };
  if (lastMove(timeline) === "changes_requested") {
    return {
      title: "A reviewer requested changes",
      step: "Push a fix and select Check again, or send a reply.",
    };
  }
  return {
    title: "Changes needed",
    step: "Fix the reported problems, push a new image, then select Check again.",
  };
}

function declinedTitle({ timeline }: Progress): string {
  const reviewer = timeline.findLast(({ kind }) => kind === "declined")?.actor;
  return reviewer === undefined ? "Declined" : `Declined by ${reviewer}`;
}

/** A reviewer's request applies until the image is checked again. */
function lastMove(timeline: Progress["timeline"]): string | undefined {
  return timeline.findLast(({ kind }) => kind === "changes_requested" || kind === "checked")?.kind;
}

function approvedTag({ candidate }: Progress): string {
  return candidate === null ? "" : `: ${candidate.tag} is on the allow-list`;
}

const UNITS = [
  { seconds: 86_400, one: "a day", many: "days" },
  { seconds: 3_600, one: "an hour", many: "hours" },
  { seconds: 60, one: "a minute", many: "minutes" },
];

/** A duration rounded to the nearest unit: `about 3 hours`, `less than a minute`. */
export function durationText(seconds: number): string {
  const unit = UNITS.find((each) => seconds >= each.seconds * 0.95);
  if (unit === undefined) return "less than a minute";
  const count = Math.round(seconds / unit.seconds);
  return count === 1 ? `about ${unit.one}` : `about ${count} ${unit.many}`;
}
