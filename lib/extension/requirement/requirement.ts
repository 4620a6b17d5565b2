import type { SemVersion } from "@/lib/extension/reference/semver";
import {
  parseRange,
  type Range,
  type RangeProblem,
  rangeOfComparator,
} from "@/lib/extension/requirement/range";
import { LOWEST } from "@/lib/extension/requirement/version-line";
import { includes, intersect, lowestOf } from "@/lib/extension/requirement/version-set";
import { quoted } from "@/lib/extension/text/quoted";

/** How to read a version without an operator: as the minimum, or as the only one. */
export type Reading = "minimum" | "exact";

/** The Extension API versions that an extension supports (label `com.docker.desktop.extension.api.version`). */
export type Requirement = ReadableRequirement | UnreadableRequirement;

export type ReadableRequirement = {
  kind: "readable";
  /** The label as found. */
  raw: string;
  /** Whether the label is one version without operator, so that the two readings differ. */
  bare: boolean;
  /** The oldest matching API version when a bare version is a minimum; null when there is no lower bound. */
  minimumText: string | null;
  /** The versions under each reading, and their notation: `>= 0.3.4` or `0.3.4`. */
  readings: Record<Reading, Pick<Range, "text" | "versions">>;
};

/** No API version satisfies it, so a version with it is never offered. */
export type UnreadableRequirement = {
  kind: "unreadable";
  raw: string | null;
  problem: RangeProblem | "missing" | "build_argument";
  /** What is wrong and how to fix it, for the publisher. */
  message: string;
};

const ADVICE = "Set the oldest Extension API version that works, for example “>= 0.3.4”.";
const BUILD_ARGUMENT = /\$(?:\{|[A-Za-z_])/;

/**
 * Parses the label. `raw` is null when the image has none. An empty label does not mean “any version”: like one that
 * is invalid or has an unresolved build argument (`${VERSION}`), it is `unreadable`. Never throws; linear in `raw`.
 */
export function parseRequirement(raw: string | null): Requirement {
  if (raw === null)
    return unreadable(raw, "missing", "The image does not state which Extension API it requires.");
  if (BUILD_ARGUMENT.test(raw)) {
    const why = `The label ${quoted(raw)} contains an unresolved build argument.`;
    return unreadable(raw, "build_argument", `${why} Declare the ARG in the last build stage.`);
  }
  const range = parseRange(raw);
  if (!("problem" in range)) return readable(raw, range);
  const shown =
    range.problem === "syntax" ? `The label ${quoted(raw)} is not a version range` : "The label is invalid";
  return unreadable(raw, range.problem, `${shown}: ${range.why}.`);
}

/**
 * Whether `apiVersion` satisfies the requirement. A prerelease does only if the label names a prerelease. False when
 * unreadable.
 */
export function satisfies(requirement: Requirement, apiVersion: SemVersion, reading: Reading): boolean {
  return requirement.kind === "readable" && includes(requirement.readings[reading].versions, apiVersion);
}

/**
 * Combines the labels of all platforms: satisfied by what satisfies each. Unreadable if any is, or if there is none.
 */
export function combineRequirements(requirements: readonly Requirement[]): Requirement {
  const distinct = [...new Map(requirements.map((one) => [one.raw, one])).values()];
  const [first, ...others] = distinct;
  if (first === undefined) return parseRequirement(null);
  if (others.length === 0) return first;
  const parts: ReadableRequirement[] = [];
  for (const one of distinct) {
    if (one.kind === "unreadable") return one;
    parts.push(one);
  }
  return combined(parts);
}

function combined(parts: readonly ReadableRequirement[]): ReadableRequirement {
  const readings = { minimum: together(parts, "minimum"), exact: together(parts, "exact") };
  return {
    kind: "readable",
    raw: parts.map((part) => part.raw).join(" and "),
    bare: parts.some((part) => part.bare),
    minimumText: minimumTextOf(readings.minimum),
    readings,
  };
}

function together(parts: readonly ReadableRequirement[], reading: Reading): Pick<Range, "text" | "versions"> {
  const ranges = parts.map((part) => part.readings[reading]);
  const texts = ranges.map(({ text }) => (text.includes("||") ? `(${text})` : text));
  return { text: texts.join(", "), versions: intersect(ranges.map(({ versions }) => versions)) };
}

function readable(raw: string, exact: Range): ReadableRequirement {
  const minimum = exact.bare === undefined ? exact : rangeOfComparator(">=", exact.bare);
  const bare = exact.bare !== undefined;
  return { kind: "readable", raw, bare, minimumText: minimumTextOf(minimum), readings: { minimum, exact } };
}

function minimumTextOf({ versions }: Pick<Range, "versions">): string | null {
  const lowest = lowestOf(versions);
  const isOpen = lowest === undefined || lowest.text === LOWEST.text || lowest.text === "0.0.0";
  return isOpen ? null : lowest.text;
}

function unreadable(
  raw: string | null,
  problem: UnreadableRequirement["problem"],
  what: string,
): UnreadableRequirement {
  return { kind: "unreadable", raw, problem, message: `${what} ${ADVICE}` };
}
