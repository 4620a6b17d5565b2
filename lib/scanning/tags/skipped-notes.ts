import type { TagSurvey } from "@/lib/inspection/tag-survey";
import type { SkippedTagNote } from "@/lib/marketplace/submissions/record-submission-check";

/** The tags that are no versions, each with the reason that its publisher can read. */
export function notesOn({ skipped }: Pick<TagSurvey, "skipped">): SkippedTagNote[] {
  return skipped.map(({ tag, reason, message }) => ({ tag, reason, message }));
}
