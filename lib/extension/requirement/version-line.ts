/**
 * The order of all versions as a line with a first point and, after every version, an immediate successor. Therefore
 * inclusive starts and exclusive ends can express every range, and emptiness is exact.
 */

import type { SemVersion } from "@/lib/extension/reference/semver";

/** The lowest version of all. */
export const LOWEST: SemVersion = versionOf(0n, 0n, 0n, ["0"]);

export function versionOf(
  major: bigint,
  minor: bigint,
  patch: bigint,
  prerelease: string[] = [],
): SemVersion {
  const core = `${major}.${minor}.${patch}`;
  const text = prerelease.length === 0 ? core : `${core}-${prerelease.join(".")}`;
  return { major, minor, patch, prerelease, text };
}

/** The lowest version, including prereleases, with this core. */
export function startOf(major: bigint, minor: bigint, patch = 0n): SemVersion {
  return versionOf(major, minor, patch, ["0"]);
}

/** The immediate successor of `version` (`1.2.3-a` → `1.2.3-a.0`, `1.2.3` → `1.2.4-0`). */
export function nextOf(version: SemVersion): SemVersion {
  const { major, minor, patch, prerelease } = version;
  if (prerelease.length === 0) return startOf(major, minor, patch + 1n);
  return versionOf(major, minor, patch, [...prerelease, "0"]);
}

/** The first release (no prerelease) at or after `version`. */
export function releaseFrom(version: SemVersion): SemVersion {
  if (version.prerelease.length === 0) return version;
  return versionOf(version.major, version.minor, version.patch);
}
