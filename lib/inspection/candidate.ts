import { familiarName, type Repository } from "@/lib/extension/reference/repository";
import type { Tag } from "@/lib/extension/reference/tag";
import type { TagSurvey } from "@/lib/inspection/tag-survey";
import { AppError } from "@/lib/platform/errors";

const NAMED_TAGS_MAX = 5;

/**
 * The version of a repository to inspect first: its highest stable semver tag, or else its highest prerelease. Throws
 * `no_semver_tags`, with the tags found, when no tag is a version.
 */
export function requireCandidate(
  repository: Repository,
  tags: readonly string[],
  { candidate }: Pick<TagSurvey, "candidate">,
): Tag {
  if (candidate !== undefined) return candidate;
  const name = familiarName(repository);
  throw new AppError(
    "no_semver_tags",
    `${name} has no tag that is a semantic version (found: ${found(tags)}).`,
    {
      suggestion: `Push a tag such as 1.0.0: docker buildx build --platform linux/amd64,linux/arm64 --tag ${name}:1.0.0 --push .`,
    },
  );
}

function found(tags: readonly string[]): string {
  if (tags.length === 0) return "no tags";
  return `only ${tags.slice(0, NAMED_TAGS_MAX).join(", ")}${tags.length > NAMED_TAGS_MAX ? ", …" : ""}`;
}
