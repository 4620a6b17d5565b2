import { compareSemver, type SemVersion } from "@/lib/extension/reference/semver";

/** The versions from `from` (included) to `before` (excluded); without `before`, all from `from` on. */
export type Interval = { from: SemVersion; before?: SemVersion };

/** Intervals in ascending order that neither overlap nor touch, none of them empty. Only `union` makes them. */
export type Intervals = readonly Interval[];

export function contains(intervals: Intervals, version: SemVersion): boolean {
  return intervals.some((one) => compareSemver(one.from, version) <= 0 && endsAfter(one, version));
}

/** Whether every version of `span` is in `intervals`. */
export function covers(intervals: Intervals, span: Interval): boolean {
  if (isEmpty(span)) return true;
  return intervals.some((one) => compareSemver(one.from, span.from) <= 0 && !endsBefore(one, span));
}

/** The versions in at least one of the intervals, which can be unsorted and overlap. */
export function union(intervals: readonly Interval[]): Intervals {
  const sorted = intervals.filter((one) => !isEmpty(one)).sort((a, b) => compareSemver(a.from, b.from));
  const joined: Interval[] = [];
  for (const next of sorted) {
    const last = joined.at(-1);
    if (last === undefined || !reaches(last, next.from)) joined.push(next);
    else if (endsBefore(last, next)) joined[joined.length - 1] = { ...next, from: last.from };
  }
  return joined;
}

/** The versions in at least one of the intervals, which can be unsorted and overlap. */
export function intersection(a: Intervals, b: Intervals): Intervals {
  const common: Interval[] = [];
  let [left, right] = [0, 0];
  for (;;) {
    const [one, other] = [a[left], b[right]];
    if (one === undefined || other === undefined) return common;
    const both = overlap(one, other);
    if (!isEmpty(both)) common.push(both);
    if (endsBefore(one, other)) left += 1;
    else right += 1;
  }
}

function overlap(a: Interval, b: Interval): Interval {
  const from = compareSemver(a.from, b.from) >= 0 ? a.from : b.from;
  const { before } = endsBefore(a, b) ? a : b;
  return before === undefined ? { from } : { from, before };
}

function isEmpty(one: Interval): boolean {
  return !endsAfter(one, one.from);
}

/** Whether `version` precedes the end of `one`. */
function endsAfter(one: Interval, version: SemVersion): boolean {
  return one.before === undefined || compareSemver(version, one.before) < 0;
}

/** Whether `one` extends to `version` or beyond, so that there is no gap between them. */
function reaches(one: Interval, version: SemVersion): boolean {
  return one.before === undefined || compareSemver(version, one.before) <= 0;
}

function endsBefore(one: Interval, other: Interval): boolean {
  if (one.before === undefined) return false;
  return other.before === undefined || compareSemver(one.before, other.before) < 0;
}
