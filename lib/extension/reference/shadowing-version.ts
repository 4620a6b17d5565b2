import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { channelOf, compareSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { classifyTag, type VersionTag } from "@/lib/extension/reference/tag";

/** A version that hides the others, and the next lower one. */
export type ShadowingTag = { tag: string; next: string };

/**
 * Finds a stable version far above the next one, as happens when the version of bundled software is pushed by
 * mistake: Docker's marketplace offers only the highest version, so users never see the others. Far means: alone in
 * its major line, and either two majors up or not near the start of that line (`2.6.5` above `1.0.1`).
 */
export function shadowingVersion(tags: readonly string[]): ShadowingTag | undefined {
  let highest: VersionTag | undefined;
  let next: VersionTag | undefined;
  for (const text of tags) {
    const found = classifyTag(text);
    if (found.kind !== "version" || channelOf(found.version) !== "stable") continue;
    const order = orderOf(found, highest);
    if (order > 0) [highest, next] = [found, highest];
    else if (order < 0 && orderOf(found, next) > 0) next = found;
  }
  if (highest === undefined || next === undefined) return undefined;
  return isFarAbove(highest.version, next.version) ? { tag: highest.tag, next: next.tag } : undefined;
}

/** A calendar version or a build number is a question to the reviewer; otherwise it is probably a mistake. */
export function shadowingFindings(found: ShadowingTag): Finding[] {
  const highest = classifyTag(found.tag);
  const counted = highest.kind === "version" && isCalendarOrBuild(highest.version);
  return [makeFinding(counted ? "version_scheme_changed" : "blocking_high_version", found)];
}

/** `2024.5.1`, `24.5.1`, `20240501.0.0`, `4021.0.0`. */
function isCalendarOrBuild({ major, minor }: SemVersion): boolean {
  return major >= 1000n || (major >= 20n && major < 100n && minor >= 1n && minor <= 12n);
}

/** `v1.2.3` and `1.2.3` are the same version. */
function orderOf(one: VersionTag, other: VersionTag | undefined): number {
  return other === undefined ? 1 : compareSemver(one.version, other.version);
}

function isFarAbove(highest: SemVersion, next: SemVersion): boolean {
  const majors = highest.major - next.major;
  return majors > 1n || (majors === 1n && highest.minor > 0n);
}
