/**
 * The versions that one comparator (`>= 0.3.4`, `^1`, `0.3.x`) allows, as intervals. The rules are those of
 * Masterminds/semver v3 for Go, which Docker uses for these labels. Deliberate differences:
 *
 * Numbers are exact at any size (there: 64 bits). A comparator without prerelease allows no prerelease, including
 * `!=` (there, `!= 1.2.3` allows them). A lone wildcard means every version under every operator (there `^*`, `>*`,
 * `<=*` and `!=*` mean `0.0.0`). `==` is `=`; `!=` of an incomplete prerelease (`!= 1.2-rc`) and digits mixed with a
 * wildcard (`1x`) are invalid. A closed range (`1.2 - 1.4`) needs a comma before its neighbors, but not next to `||`.
 */

import type { SemVersion } from "@/lib/extension/reference/semver";
import type { Interval } from "@/lib/extension/requirement/interval";
import type { PartialVersion } from "@/lib/extension/requirement/partial-version";
import { LOWEST, nextOf, startOf, versionOf } from "@/lib/extension/requirement/version-line";
import { type VersionSet, versionSet } from "@/lib/extension/requirement/version-set";

export type Operator = "=" | "!=" | ">" | ">=" | "<" | "<=" | "~" | "^";

/** `operator` is absent if the text has none. */
export type Comparator = { operator: Operator | undefined; version: PartialVersion };

export function admittedBy({ operator = "=", version }: Comparator): VersionSet {
  return versionSet(intervalsOf(operator, version), version.prerelease.length > 0);
}

/** The comparator as text, as in the label's documentation: `>= 0.3.4`. */
export function comparatorText({ operator, version }: Comparator): string {
  return operator === undefined ? version.text : `${operator} ${version.text}`;
}

function intervalsOf(operator: Operator, version: PartialVersion): Interval[] {
  const floor = floorOf(version);
  const line = lineOf(version);
  switch (operator) {
    case "=":
      return [within(floor, line)];
    case "!=":
      return [{ from: LOWEST, before: line.from }, ...beyond(line)];
    case ">":
      return beyond(line);
    case ">=":
      return [{ from: floor }];
    case "<":
      return [{ from: LOWEST, before: floor }];
    case "<=":
      return [{ ...line, from: LOWEST }];
    case "~":
      return [within(floor, tildeLine(version))];
    case "^":
      return [within(floor, caretLine(version))];
  }
}

/** The partial version with zeros for open parts. */
function floorOf({ major = 0n, minor = 0n, patch = 0n, prerelease }: PartialVersion): SemVersion {
  return versionOf(major, minor, patch, prerelease);
}

/** All versions that the partial version matches: `1.2` is all of 1.2.*, a full version only itself. */
function lineOf(version: PartialVersion): Interval {
  if (version.patch === undefined) return lineOfPartial(version);
  const point = floorOf(version);
  return { from: point, before: nextOf(point) };
}

function lineOfPartial({ major, minor }: PartialVersion): Interval {
  if (major === undefined) return { from: LOWEST };
  if (minor === undefined) return { from: startOf(major, 0n), before: startOf(major + 1n, 0n) };
  return { from: startOf(major, minor), before: startOf(major, minor + 1n) };
}

/** `~0.0.0` allows every later version, as in the Go library and its tests. */
function tildeLine(version: PartialVersion): Interval {
  const { major, minor, patch } = version;
  if (major === 0n && minor === 0n && patch === 0n) return { from: LOWEST };
  return lineOfPartial(version);
}

/** `^` allows changes to the right of the leftmost nonzero number. */
function caretLine(version: PartialVersion): Interval {
  const { major, minor, patch } = version;
  if (major === undefined || minor === undefined || major > 0n)
    return lineOfPartial({ ...version, minor: undefined });
  if (patch === undefined || minor > 0n) return lineOfPartial(version);
  return { from: startOf(major, minor, patch), before: startOf(major, minor, patch + 1n) };
}

/** The part of `line` from `floor` on; `floor` never precedes the line. */
function within(floor: SemVersion, line: Interval): Interval {
  return { ...line, from: floor };
}

/** The versions after the line: none when it has no end. */
function beyond({ before }: Interval): Interval[] {
  return before === undefined ? [] : [{ from: before }];
}
