import {
  admittedBy,
  type Comparator,
  comparatorText,
  type Operator,
} from "@/lib/extension/requirement/comparator";
import type { PartialVersion } from "@/lib/extension/requirement/partial-version";
import { rangeError, type Token, tokenize, trimSpace } from "@/lib/extension/requirement/tokens";
import { intersect, unite, type VersionSet } from "@/lib/extension/requirement/version-set";
import { type AppError, hasCode } from "@/lib/platform/errors";

/** Maximum length of a range in characters, without surrounding white space. */
const MAX_RANGE_CHARACTERS = 256;

/** A range of versions: `>= 1.4.7, < 2.0`, `^0.3 || 0.2.x`. */
export type Range = {
  /** Normalized: `, ` for AND, ` || ` for OR, a space after each operator. */
  text: string;
  versions: VersionSet;
  /** The version, if the range is a single version without operator and wildcard; otherwise absent. */
  bare: PartialVersion | undefined;
};

export type RangeProblem = "empty" | "too_long" | "syntax";

/** `why` is a clause that can follow a colon. */
export type UnreadableRange = { problem: RangeProblem; why: string };

/**
 * Parses a range by the grammar of Masterminds/semver v3: comma or white space is AND, `||` is OR, `1.2 - 1.4.5` is a
 * closed range (next to others only with a comma). Linear in the text, rejects more than `MAX_RANGE_CHARACTERS`,
 * never throws. See `comparator.ts` for semantics and differences.
 */
export function parseRange(text: string): Range | UnreadableRange {
  const trimmed = trimSpace(text);
  if (trimmed === "") return { problem: "empty", why: "it is empty" };
  if (trimmed.length > MAX_RANGE_CHARACTERS) {
    return { problem: "too_long", why: `it has more than ${MAX_RANGE_CHARACTERS} characters` };
  }
  try {
    return rangeOf(alternativesOf(tokenize(trimmed)));
  } catch (error) {
    if (hasCode(error, "range_invalid")) return { problem: "syntax", why: error.message };
    throw error;
  }
}

/** The range of only this comparator. */
export function rangeOfComparator(operator: Operator, version: PartialVersion): Range {
  return rangeOf([[{ operator, version }]]);
}

function rangeOf(alternatives: Comparator[][]): Range {
  const [only] = alternatives.flat();
  const single = alternatives.flat().length === 1 ? only : undefined;
  const bare =
    single?.operator === undefined && single?.version.wildcard === false ? single.version : undefined;
  return {
    text: alternatives.map((comparators) => comparators.map(comparatorText).join(", ")).join(" || "),
    versions: unite(alternatives.map((comparators) => intersect(comparators.map(admittedBy)))),
    bare,
  };
}

function alternativesOf(tokens: Token[]): Comparator[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "or") parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.map(comparatorsOf);
}

function comparatorsOf(tokens: Token[]): Comparator[] {
  const comparators: Comparator[] = [];
  let rest = tokens;
  for (;;) {
    const term = readTerm(rest);
    comparators.push(...term.comparators);
    const next = rest[term.length];
    if (next === undefined) return comparators;
    if (next.kind !== "comma")
      requireSpace(next, isClosed(term) || startsClosedRange(rest.slice(term.length)));
    rest = rest.slice(next.kind === "comma" ? term.length + 1 : term.length);
  }
}

type Term = { comparators: Comparator[]; length: number };

/** Takes one comparator or closed range from the front of `tokens`. */
function readTerm(tokens: Token[]): Term {
  const [first, second, third] = tokens;
  if (first?.kind === "operator") {
    if (second?.kind !== "version") throw expected("a version after the operator", second);
    return { comparators: [comparator(first.operator, second.version, second.at)], length: 2 };
  }
  if (first?.kind !== "version") throw expected("a version", first);
  if (!startsClosedRange(tokens)) {
    return { comparators: [{ operator: undefined, version: first.version }], length: 1 };
  }
  if (third?.kind !== "version") throw expected("a version after the hyphen", third);
  const ends = [comparator(">=", first.version, first.at), comparator("<=", third.version, third.at)];
  return { comparators: ends, length: 3 };
}

function comparator(operator: Operator, version: PartialVersion, at: number): Comparator {
  const isPartial = version.patch === undefined;
  if (operator === "!=" && isPartial && version.prerelease.length > 0) {
    throw rangeError(`the version after “!=” at character ${at} is a prerelease without all three numbers`);
  }
  return { operator, version };
}

function startsClosedRange([, second]: Token[]): boolean {
  return second?.kind === "hyphen" && second.spaced;
}

function isClosed(term: Term): boolean {
  return term.length === 3;
}

/** Rejects tokens that cannot follow a term without a comma. */
function requireSpace(next: Token, besideClosedRange: boolean): void {
  if (next.kind === "hyphen")
    throw rangeError(`the hyphen at character ${next.at} needs one version on each side`);
  if (!next.spaced || besideClosedRange) throw rangeError(`a comma is missing before character ${next.at}`);
}

function expected(what: string, found: Token | undefined): AppError {
  return rangeError(
    `${what} is missing ${found === undefined ? "at the end" : `before character ${found.at}`}`,
  );
}
