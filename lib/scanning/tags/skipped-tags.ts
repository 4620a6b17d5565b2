import { classifyTag } from "@/lib/extension/tag";
import type { SkippedTagNote } from "@/lib/marketplace/record-submission-check";

const NOTED_TAGS_MAX = 100;

/** The tags that are no versions, each with the reason that its publisher can read. */
export function skippedTags(tags: readonly string[]): SkippedTagNote[] {
  return tags
    .flatMap((text) => {
      const tag = classifyTag(text);
      return tag.kind === "skipped" ? [{ tag: tag.tag, reason: tag.reason, message: tag.message }] : [];
    })
    .slice(0, NOTED_TAGS_MAX);
}
