/** Results of checks that used stored registry credentials are not for the submitter. */

import { may } from "@/lib/identity/permissions";
import type { Actor } from "@/lib/journal/actor";
import type { SubmissionState } from "@/lib/platform/prisma/client";

type Result = {
  state: SubmissionState;
  candidate: unknown;
  findings: unknown[];
  error: { code: string; message: string; suggestion: string | null } | null;
  skippedTags: unknown[];
  timeline: { kind: string; message: string | null }[];
};

/** An approved version is public. */
export function isWithheld(
  { isPrivate, state }: { isPrivate: boolean; state: SubmissionState },
  viewer: Actor,
): boolean {
  return isPrivate && state !== "approved" && !may(viewer, "submission.readAll");
}

const WITHHELD = {
  code: "registry_auth_required",
  message: "The repository is private, so only reviewers see the result of its check.",
  suggestion: "A reviewer decides, or tells you what to change.",
};

/** A reviewer's reason is for the submitter. */
function isAnswered({ state, timeline }: Pick<Result, "state" | "timeline">): boolean {
  if (state !== "needs_changes") return state === "declined" || state === "withdrawn";
  const last = timeline.findLast(({ kind }) => kind === "changes_requested" || kind === "checked");
  return last?.kind === "changes_requested";
}

/** What a check says in the history, which names tags and counts findings. */
const CHECKS: readonly string[] = ["checked", "check_failed", "reinspected"];

/** The view without anything that came from the image. */
export function withoutResult<View extends Result>(view: View): View {
  return {
    ...view,
    candidate: null,
    findings: [],
    error: isAnswered(view) ? null : WITHHELD,
    skippedTags: [],
    timeline: view.timeline.map((line) => (CHECKS.includes(line.kind) ? { ...line, message: null } : line)),
  };
}
