import { compareSemver, type SemVersion } from "@/lib/extension/reference/semver";
import {
  contains,
  type Interval,
  type Intervals,
  intersection,
  union,
} from "@/lib/extension/requirement/interval";
import { LOWEST, releaseFrom } from "@/lib/extension/requirement/version-line";

/**
 * A set of versions as ranges can describe it. Releases and prereleases are separate, because a range that names no
 * prerelease allows none, whatever its bounds. `prereleases` applies only to prereleases, `releases` only to
 * releases.
 */
export type VersionSet = { releases: Intervals; prereleases: Intervals };

/** The versions in `intervals`; prereleases only if `admitPrereleases`. */
export function versionSet(intervals: readonly Interval[], admitPrereleases: boolean): VersionSet {
  return {
    releases: union(intervals.map(amongReleases)),
    prereleases: admitPrereleases ? union(intervals) : [],
  };
}

export function includes(set: VersionSet, version: SemVersion): boolean {
  return contains(version.prerelease.length === 0 ? set.releases : set.prereleases, version);
}

export function unite(sets: readonly VersionSet[]): VersionSet {
  return {
    releases: union(sets.flatMap((set) => set.releases)),
    prereleases: union(sets.flatMap((set) => set.prereleases)),
  };
}

/** The intersection of the sets; all versions when there are none. */
export function intersect(sets: readonly VersionSet[]): VersionSet {
  return sets.reduce(
    (all, set) => ({
      releases: intersection(all.releases, set.releases),
      prereleases: intersection(all.prereleases, set.prereleases),
    }),
    versionSet([{ from: LOWEST }], true),
  );
}

/** A lower bound of the set. It is a member, unless only releases or only prereleases count there. */
export function lowestOf(set: VersionSet): SemVersion | undefined {
  const starts = [set.releases[0]?.from, set.prereleases[0]?.from].filter((from) => from !== undefined);
  return starts.sort(compareSemver)[0];
}

/** The interval with its bounds moved to releases. */
export function amongReleases({ from, before }: Interval): Interval {
  return before === undefined
    ? { from: releaseFrom(from) }
    : { from: releaseFrom(from), before: releaseFrom(before) };
}
