import type { NoticeTone } from "@/components/ui/notice";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

export type NextStep = {
  tone: NoticeTone;
  /** What is the case. */
  title: string;
  /** What the submitter does now, if anything. */
  step: string;
};

type Stage = Pick<SubmissionView, "state" | "queue" | "error" | "retry" | "timeline" | "candidate">;

/** Where a submission stands and what its submitter does next, in words. */
export function nextStep(submission: Stage): NextStep {
  switch (submission.state) {
    case "checking":
      return {
        tone: "info",
        title: "The image is being checked",
        step: "Nothing to do. This usually takes a few seconds.",
      };
    case "errored":
      return { tone: "info", title: "We could not finish the check", step: erroredStep(submission) };
    case "in_review":
      return { tone: "info", title: queueTitle(submission), step: queueStep(submission) };
    case "needs_changes":
      return { tone: "warning", ...neededChange(submission) };
    case "approved":
      return {
        tone: "success",
        title: `Approved${tagWords(submission)}`,
        step: "Push a higher semver tag to release the next version; it needs no new submission.",
      };
    case "declined":
      return {
        tone: "problem",
        title: "Declined",
        step: "The reason is in the history. Once that is answered, you can submit it again.",
      };
    case "withdrawn":
      return { tone: "info", title: "Withdrawn", step: "It was taken back. You can submit it again." };
  }
}

function erroredStep({ retry }: Stage): string {
  const ours = "No action needed: the problem is ours, not your image's.";
  return retry !== null && retry.at === null
    ? `${ours} The check waits until an administrator retries it.`
    : `${ours} Gantry will retry automatically.`;
}

function queueTitle({ queue }: Stage): string {
  if (queue === null) return "Waiting for a reviewer";
  return queue.position === 1 ? "Next in the review queue" : `Number ${queue.position} in the review queue`;
}

function queueStep({ queue }: Stage): string {
  const median = queue?.medianDecisionSeconds ?? null;
  const nothing = "Nothing to do: a reviewer looks at it.";
  return median === null ? nothing : `${nothing} Recent decisions took ${durationText(median)}.`;
}

function neededChange({ error, timeline }: Stage): { title: string; step: string } {
  if (error !== null)
    return { title: error.message, step: error.suggestion ?? "Change it, then check again." };
  if (lastMove(timeline) === "changes_requested") {
    return {
      title: "A reviewer asked for changes",
      step: "Push a fix or send a reply; then it is checked again.",
    };
  }
  return {
    title: "The check found something to fix",
    step: "Fix what the report names, push the image again, then check again.",
  };
}

/** A reviewer's request stands until the image was looked at again. */
function lastMove(timeline: Stage["timeline"]): string | undefined {
  return timeline.findLast(({ kind }) => kind === "changes_requested" || kind === "checked")?.kind;
}

function tagWords({ candidate }: Stage): string {
  return candidate === null ? "" : `: ${candidate.tag} is on the allow-list`;
}

const UNITS = [
  { seconds: 86_400, one: "a day", many: "days" },
  { seconds: 3_600, one: "an hour", many: "hours" },
  { seconds: 60, one: "a minute", many: "minutes" },
];

/** A length of time as people say it: `about 3 hours`, `less than a minute`. Rounded to the nearest unit. */
export function durationText(seconds: number): string {
  const unit = UNITS.find((each) => seconds >= each.seconds * 0.95);
  if (unit === undefined) return "less than a minute";
  const count = Math.round(seconds / unit.seconds);
  return count === 1 ? `about ${unit.one}` : `about ${count} ${unit.many}`;
}
