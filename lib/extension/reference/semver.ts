/**
 * A version by semver.org 2.0.0, exact for numbers of any size. Build metadata (`+…`) is accepted and dropped: it
 * does not affect precedence and tags cannot contain it. Two versions are equal if and only if their `text` is equal.
 */
export type SemVersion = {
  major: bigint;
  minor: bigint;
  patch: bigint;
  /**
   * Dot-separated identifiers, empty for a stable version. Numeric ones are strings, because they can have any
   * length.
   */
  prerelease: string[];
  /** `1.2.3-rc.1`: without `v` and build metadata. */
  text: string;
};

/** `prerelease` users also get stable versions; `stable` users never get prereleases. */
export type Channel = "stable" | "prerelease";

/** Maximum length of a version in characters. Tags have at most 128. */
const MAX_VERSION_CHARACTERS = 1024;

const NUMBER = "(0|[1-9][0-9]*)";
const PRERELEASE_ID = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
const PRERELEASE = `${PRERELEASE_ID}(?:\\.${PRERELEASE_ID})*`;
const BUILD = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
const SEMVER = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PRERELEASE}))?(?:\\+${BUILD})?$`);
const NUMERIC = /^[0-9]+$/;

/** Parses a strict version (no `v`, no spaces, three parts), or undefined. */
export function parseSemver(text: string): SemVersion | undefined {
  if (text.length > MAX_VERSION_CHARACTERS) return undefined;
  const match = SEMVER.exec(text);
  if (match === null) return undefined;
  const [, major = "0", minor = "0", patch = "0", prerelease] = match;
  const core = `${major}.${minor}.${patch}`;
  return {
    major: BigInt(major),
    minor: BigInt(minor),
    patch: BigInt(patch),
    prerelease: prerelease === undefined ? [] : prerelease.split("."),
    text: prerelease === undefined ? core : `${core}-${prerelease}`,
  };
}

/** Compares by semver.org section 11: -1 when `a` is lower than `b`, 1 when higher, 0 when equal. */
export function compareSemver(a: SemVersion, b: SemVersion): -1 | 0 | 1 {
  return (
    order(a.major, b.major) ||
    order(a.minor, b.minor) ||
    order(a.patch, b.patch) ||
    comparePrerelease(a.prerelease, b.prerelease)
  );
}

/** `prerelease` if the version has a prerelease part, otherwise `stable`. */
export function channelOf(version: SemVersion): Channel {
  return version.prerelease.length === 0 ? "stable" : "prerelease";
}

function comparePrerelease(a: readonly string[], b: readonly string[]): -1 | 0 | 1 {
  if (a.length === 0 || b.length === 0) return order(b.length, a.length);
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const result = compareIdentifier(left, right);
    if (result !== 0) return result;
  }
  return order(a.length, b.length);
}

function compareIdentifier(a: string, b: string): -1 | 0 | 1 {
  const aNumeric = NUMERIC.test(a);
  const bNumeric = NUMERIC.test(b);
  if (aNumeric !== bNumeric) return aNumeric ? -1 : 1;
  // Without leading zeros the longer number is greater, and equal lengths compare as text.
  if (aNumeric && a.length !== b.length) return order(a.length, b.length);
  return order(a, b);
}

function order<T extends bigint | number | string>(a: T, b: T): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
