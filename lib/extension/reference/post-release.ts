import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { channelOf, compareSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { classifyTag, type VersionTag } from "@/lib/extension/reference/tag";

/** A tag such as `1.2.3-4` that stable users are not offered, and the newest stable tag, if any. */
export type PostRelease = { tag: string; stable: string | null };

/** What publishers put after a hyphen for a later build. `-0` is the usual lowest prerelease, not a build. */
const LATER = /^(?:[1-9][0-9]*|(?:r|rev|p|pl|patch|post|hotfix|fix)\.?[0-9]+)$/i;

/**
 * The newest tag with a number after a hyphen that is not below the newest stable version: semver orders it before the
 * version that its publisher means to follow.
 */
export function postRelease(tags: readonly string[]): PostRelease | undefined {
  let newest: VersionTag | undefined;
  let stable: VersionTag | undefined;
  for (const text of tags) {
    const found = classifyTag(text);
    if (found.kind === "skipped") continue;
    if (isPostRelease(found.version)) newest = higher(found, newest);
    else if (channelOf(found.version) === "stable") stable = higher(found, stable);
  }
  if (newest === undefined) return undefined;
  if (stable !== undefined && compareSemver(releaseOf(newest.version), stable.version) < 0) return undefined;
  return { tag: newest.tag, stable: stable?.tag ?? null };
}

export function isPostReleaseTag(tag: string): boolean {
  const found = classifyTag(tag);
  return found.kind === "version" && isPostRelease(found.version);
}

export function postReleaseFindings(found: PostRelease): Finding[] {
  const classified = classifyTag(found.tag);
  if (classified.kind !== "version") return [];
  const { version, prefixed } = classified;
  const v = prefixed ? "v" : "";
  const { major, minor, patch } = version;
  const evidence = {
    tag: found.tag,
    release: `${v}${major}.${minor}.${patch}`,
    instead: `${v}${major}.${minor}.${patch + 1n}`,
    stable: found.stable,
  };
  return [makeFinding("post_release_tag", evidence)];
}

function isPostRelease({ prerelease }: SemVersion): boolean {
  return prerelease.length > 0 && LATER.test(prerelease.join("."));
}

function releaseOf({ major, minor, patch }: SemVersion): SemVersion {
  return { major, minor, patch, prerelease: [], text: `${major}.${minor}.${patch}` };
}

function higher(one: VersionTag, other: VersionTag | undefined): VersionTag {
  return other === undefined || compareSemver(one.version, other.version) > 0 ? one : other;
}
