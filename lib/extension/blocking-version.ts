import type { Finding } from "@/lib/extension/finding";
import { makeFinding } from "@/lib/extension/finding-codes";
import { channelOf, compareSemver, type SemVersion } from "@/lib/extension/semver";
import { classifyTag } from "@/lib/extension/tag";

/**
 * The highest stable version where it stands far above the next one, as the version of something packaged does that was
 * pushed by mistake: Docker's marketplace offers the highest only, so that the others are never seen. Far: alone in its
 * major line, and either two majors up or not near that line's beginning (`2.6.5` above `1.0.1`).
 */
export function blockingHighVersion(tags: readonly string[]): { tag: string; next: string } | undefined {
  const stable = tags.flatMap((text) => {
    const found = classifyTag(text);
    return found.kind === "version" && channelOf(found.version) === "stable" ? [found] : [];
  });
  const [highest, next] = stable.toSorted((a, b) => compareSemver(b.version, a.version)).filter(isFirst);
  if (highest === undefined || next === undefined) return undefined;
  return isFarAbove(highest.version, next.version) ? { tag: highest.tag, next: next.tag } : undefined;
}

/** The same for the tag that is being looked at; nothing where another one blocks. */
export function blockingFindingsOf(tag: string, tags: readonly string[]): Finding[] {
  const blocking = blockingHighVersion(tags);
  return blocking?.tag === tag ? [makeFinding("blocking_high_version", blocking)] : [];
}

/** `v1.2.3` beside `1.2.3` is the same version. */
function isFirst(
  { version }: { version: SemVersion },
  at: number,
  all: readonly { version: SemVersion }[],
): boolean {
  return all.findIndex((other) => compareSemver(other.version, version) === 0) === at;
}

function isFarAbove(highest: SemVersion, next: SemVersion): boolean {
  const majors = highest.major - next.major;
  return majors > 1n || (majors === 1n && highest.minor > 0n);
}
