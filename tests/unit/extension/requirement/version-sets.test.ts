import semver from "semver";
import { describe, expect, test } from "vitest";
import { compareSemver, parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { contains, covers, type Interval, intersection, union } from "@/lib/extension/requirement/interval";
import { parseRange } from "@/lib/extension/requirement/range";
import { nextOf, releaseFrom, versionOf } from "@/lib/extension/requirement/version-line";
import { includes, intersect, unite, type VersionSet } from "@/lib/extension/requirement/version-set";
import fc from "@/tests/builders/fast-check";

const number = fc.integer({ min: 0, max: 3 });
const prerelease = fc.constantFrom("", "", "-0", "-1", "-alpha", "-alpha.1", "-rc.1");
const release = fc.tuple(number, number, number).map((numbers) => numbers.join("."));
const version = fc.tuple(release, prerelease).map(([core, suffix]) => versionFrom(core + suffix));
const partial = fc.oneof(
  release,
  fc.tuple(number, number).map((numbers) => numbers.join(".")),
  number.map(String),
  number.map((major) => `${major}.x`),
  fc.constant("*"),
);

// What both this grammar and npm's mean the same by: no comma, no `!=`, no prerelease, and not `~0.0.0`.
const shared = fc
  .oneof(
    fc
      .tuple(fc.constantFrom("", "=", ">", ">=", "<", "<=", "~", "^"), partial)
      .map((parts) => parts.join("")),
    fc.tuple(partial, partial).map((ends) => ends.join(" - ")),
  )
  .filter((text) => text !== "~0.0.0");
const sharedRange = fc
  .array(
    fc.oneof(
      shared,
      fc.tuple(comparator(), comparator()).map((both) => both.join(" ")),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((alternatives) => alternatives.join(" || "));

const anyRange = fc
  .array(fc.array(fc.oneof(comparator(), prereleaseComparator()), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((alternatives) => alternatives.map((comparators) => comparators.join(", ")).join(" || "));

const interval = fc
  .tuple(version, fc.option(version, { nil: undefined }))
  .map(([from, before]): Interval => (before === undefined ? { from } : { from, before }));
const intervals = fc.array(interval, { maxLength: 5 });

describe("version sets", () => {
  test("releases fit exactly when npm's semver says so, where both grammars agree", () => {
    fc.assert(
      fc.property(sharedRange, release, (text, candidate) => {
        expect(includes(setOf(text), versionFrom(candidate))).toBe(semver.satisfies(candidate, text));
      }),
      { numRuns: 3_000 },
    );
  });

  test("a range and its one spelling admit the same", () => {
    fc.assert(
      fc.property(anyRange, version, (text, candidate) => {
        const range = parseRange(text);
        const spelled = "problem" in range ? "" : range.text;
        expect(includes(setOf(spelled), candidate)).toBe(includes(setOf(text), candidate));
      }),
      { numRuns: 1_000 },
    );
  });

  test("comma is AND, || is OR", () => {
    fc.assert(
      fc.property(comparator(), prereleaseComparator(), version, (one, other, candidate) => {
        const [left, right] = [setOf(one), setOf(other)];
        const both = includes(left, candidate) && includes(right, candidate);
        const either = includes(left, candidate) || includes(right, candidate);
        expect(includes(setOf(`${one}, ${other}`), candidate)).toBe(both);
        expect(includes(setOf(`${one} || ${other}`), candidate)).toBe(either);
        expect(includes(intersect([left, right]), candidate)).toBe(both);
        expect(includes(unite([left, right]), candidate)).toBe(either);
      }),
      { numRuns: 1_000 },
    );
  });

  test("a range that names no prerelease admits none", () => {
    fc.assert(
      fc.property(fc.oneof(sharedRange, comparator()), release, (text, core) => {
        expect(includes(setOf(text), versionFrom(`${core}-rc.1`))).toBe(false);
      }),
    );
  });

  test("any text is read or refused, never more", () => {
    const noise = fc.string({ unit: fc.constantFrom(..."0123 .xX*v-+<>=!~^|,a\t\u00a0"), maxLength: 300 });
    fc.assert(
      fc.property(noise, (text) => {
        const range = parseRange(text);
        expect("problem" in range ? range.why : range.text).not.toBe("");
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("intervals", () => {
  test("union and intersection hold exactly the members they should, in order and apart", () => {
    fc.assert(
      fc.property(intervals, intervals, version, (a, b, candidate) => {
        const [left, right] = [union(a), union(b)];
        expect(contains(left, candidate)).toBe(a.some((one) => contains([one], candidate)));
        const common = intersection(left, right);
        expect(contains(common, candidate)).toBe(contains(left, candidate) && contains(right, candidate));
        expect(common).toEqual(union(common));
        expect(isApart(left)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("a span is covered exactly when nothing of it lies outside", () => {
    fc.assert(
      fc.property(intervals, interval, (many, span) => {
        const all = union(many);
        expect(covers(all, span)).toBe(spelled(union([...all, span])) === spelled(all));
      }),
      { numRuns: 1_000 },
    );
  });

  test("nothing lies between a version and the next one", () => {
    fc.assert(
      fc.property(version, version, (one, other) => {
        expect(compareSemver(one, nextOf(one))).toBe(-1);
        expect(compareSemver(other, one) > 0).toBe(compareSemver(other, nextOf(one)) >= 0);
        expect(compareSemver(releaseFrom(one), one)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 3_000 },
    );
  });

  test("versions are put together exactly", () => {
    expect(versionOf(1n, 2n, 3n, ["rc", "1"])).toEqual(parseSemver("1.2.3-rc.1"));
  });
});

function comparator(): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(">", ">=", "<", "<=", "^"), partial).map((parts) => parts.join(""));
}

function prereleaseComparator(): fc.Arbitrary<string> {
  const full = fc.tuple(fc.constantFrom("=", "!=", ">", ">=", "<", "<=", "~", "^"), release, prerelease);
  return full.map((parts) => parts.join(""));
}

function setOf(text: string): VersionSet {
  const range = parseRange(text);
  if ("problem" in range) throw new Error(`${text}: ${range.why}`);
  return range.versions;
}

function versionFrom(text: string): SemVersion {
  const parsed = parseSemver(text);
  if (parsed === undefined) throw new Error(`${text} is not a version`);
  return parsed;
}

function isApart(all: readonly Interval[]): boolean {
  return all.every(({ before }, index) => {
    const next = all[index + 1];
    return next === undefined || (before !== undefined && compareSemver(before, next.from) < 0);
  });
}

function spelled(all: readonly Interval[]): string {
  return all.map(({ from, before }) => `${from.text}..${before?.text}`).join(" ");
}
