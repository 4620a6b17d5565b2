import { familiarName, type Repository } from "@/lib/extension/reference/repository";
import type { SkippedTag, Tag } from "@/lib/extension/reference/tag";
import { versionInsteadOf } from "@/lib/extension/reference/tag-advice";
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
  { candidate, skipped }: Pick<TagSurvey, "candidate" | "skipped">,
): Tag {
  if (candidate !== undefined) return candidate;
  const name = familiarName(repository);
  throw new AppError(
    "no_semver_tags",
    `${name} has no tag that is a semantic version (found: ${found(tags)}).`,
    {
      suggestion: suggestionFor(name, skipped),
    },
  );
}

/** Tags that only lack an index get the command that makes one; others the version to push instead. */
function suggestionFor(name: string, skipped: readonly SkippedTag[]): string {
  const perPlatform = skipped.filter(({ reason }) => reason === "platform_suffix_tag");
  const [first] = perPlatform;
  const version = first && versionInsteadOf(first.tag);
  if (version !== undefined) {
    const parts = perPlatform.filter(({ tag }) => versionInsteadOf(tag) === version).slice(0, NAMED_TAGS_MAX);
    const sources = parts
      .map(({ tag }) => `${name}:${tag}`)
      .sort()
      .join(" ");
    return `Push one index as ${version}: docker buildx imagetools create --tag ${name}:${version} ${sources}`;
  }
  const instead = skipped.map(({ tag, message }) => adviceIn(tag, message)).find((one) => one !== undefined);
  const tag = instead ?? "1.0.0";
  return `Push a tag such as ${tag}: docker buildx build --platform linux/amd64,linux/arm64 --tag ${name}:${tag} --push .`;
}

/** The version that the tag's own explanation advises; not every tag with numbers names one. */
function adviceIn(tag: string, message: string): string | undefined {
  const version = versionInsteadOf(tag);
  return version !== undefined && message.includes(`“${version}”`) ? version : undefined;
}

function found(tags: readonly string[]): string {
  if (tags.length === 0) return "no tags";
  return `only ${tags.slice(0, NAMED_TAGS_MAX).join(", ")}${tags.length > NAMED_TAGS_MAX ? ", …" : ""}`;
}
