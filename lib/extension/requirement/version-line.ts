/**
 * The order of all versions as a line with a first point and, after every version, a very next one. Because of that
 * every range can be written with included starts and excluded ends only, and "is it empty" is exact.
 */

import type { SemVersion } from "@/lib/extension/reference/semver";

/** The lowest version there is: no version precedes it. */
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

/** The lowest version, prereleases included, that has this core. */
export function startOf(major: bigint, minor: bigint, patch = 0n): SemVersion {
  return versionOf(major, minor, patch, ["0"]);
}

/** The version right after `version`: no other one lies between (`1.2.3-a` → `1.2.3-a.0`, `1.2.3` → `1.2.4-0`). */
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
