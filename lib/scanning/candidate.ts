/** The version of a repository that a reviewer will see: the greatest stable semver tag, else the greatest prerelease. */

import type { Repository } from "@/lib/extension/repository";
import { familiarName } from "@/lib/extension/repository";
import { classifyTag } from "@/lib/extension/tag";
import { candidateTag } from "@/lib/extension/tag-list";
import type { SkippedTagNote } from "@/lib/marketplace/record-submission-check";
import { AppError } from "@/lib/platform/errors";

const NOTED_TAGS_MAX = 100;

/** Throws `no_semver_tags`, naming what was found, when no tag is a version. */
export function requireCandidate(repository: Repository, tags: readonly string[]): string {
  const candidate = candidateTag(tags);
  if (candidate !== undefined) return candidate;
  const name = familiarName(repository);
  const found =
    tags.length === 0
      ? "no tags at all"
      : `only ${tags.slice(0, 5).join(", ")}${tags.length > 5 ? ", …" : ""}`;
  throw new AppError("no_semver_tags", `${name} has no tag that is a semantic version (found: ${found}).`, {
    suggestion: `Push a tag such as 1.0.0: docker buildx build --platform linux/amd64,linux/arm64 --tag ${name}:1.0.0 --push .`,
  });
}

/** The tags that are no versions, each with the reason that its publisher can read. */
export function skippedTags(tags: readonly string[]): SkippedTagNote[] {
  return tags
    .flatMap((text) => {
      const tag = classifyTag(text);
      return tag.kind === "skipped" ? [{ tag: tag.tag, reason: tag.reason, message: tag.message }] : [];
    })
    .slice(0, NOTED_TAGS_MAX);
}
