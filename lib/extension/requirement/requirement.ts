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

/** How a version without operator is read: as the oldest one that works, or as the only one. */
export type Reading = "minimum" | "exact";

/** The Extension API versions that an extension says it works with (label `com.docker.desktop.extension.api.version`). */
export type Requirement = ReadableRequirement | UnreadableRequirement;

export type ReadableRequirement = {
  kind: "readable";
  /** The label as found. */
  raw: string;
  /** True when the label is one version without operator, so that the two readings differ. */
  bare: boolean;
  /** The oldest API version that fits when a bare version is read as a minimum; null when no oldest one is set. */
  minimumText: string | null;
  /** What it admits under each reading, and how that is written: `>= 0.3.4` or `0.3.4`. */
  readings: Record<Reading, Pick<Range, "text" | "versions">>;
};

/** Never satisfied by anything, so that no version that carries it is ever offered. */
export type UnreadableRequirement = {
  kind: "unreadable";
  raw: string | null;
  problem: RangeProblem | "missing" | "build_argument";
  /** What is wrong and what to write instead, for the publisher. */
  message: string;
};

const ADVICE = "Set the oldest Extension API version that works, for example “>= 0.3.4”.";
const BUILD_ARGUMENT = /\$(?:\{|[A-Za-z_])/;

/**
 * Reads the label. `raw` is null when the image has none. An empty label is not “any version”: like a label that still
 * holds a build argument (`${VERSION}`) or cannot be read it gives `unreadable`. Never throws; time is linear in `raw`.
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

/** True when `apiVersion` fits; a prerelease fits only where the label names a prerelease. False when unreadable. */
export function satisfies(requirement: Requirement, apiVersion: SemVersion, reading: Reading): boolean {
  return requirement.kind === "readable" && includes(requirement.readings[reading].versions, apiVersion);
}

/**
 * The requirement of an image whose platforms carry labels of their own: what satisfies all of them. Unreadable as
 * soon as one is, and when there is none at all.
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
