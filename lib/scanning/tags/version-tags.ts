import { compareSemver } from "@/lib/extension/semver";
import { classifyTag, type VersionTag } from "@/lib/extension/tag";

/** The tags that are versions, newest first. */
export function versionTags(tags: readonly string[]): string[] {
  return tags
    .map(classifyTag)
    .filter((tag): tag is VersionTag => tag.kind === "version")
    .sort((a, b) => compareSemver(b.version, a.version))
    .map(({ tag }) => tag);
}
