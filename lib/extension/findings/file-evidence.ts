import { type Evidence, quotedValue, rawValue } from "@/lib/extension/findings/finding-rule";

const SAMPLE_MAX = 3;
const MAX_CHARACTERS = 90;

/** The first few of many values in quotation marks, for the evidence of a finding that covers all of them. */
export function sampleOf(values: readonly string[]): string {
  const distinct = [...new Set(values)].slice(0, SAMPLE_MAX);
  return distinct.map((value) => `“${shortened(value)}”`).join(", ");
}

/** Keeps the end, which tells paths of one folder apart. */
function shortened(value: string): string {
  return value.length <= MAX_CHARACTERS ? value : `…${value.slice(-MAX_CHARACTERS).toWellFormed()}`;
}

/** ` for linux/arm64`, if the evidence names platforms. */
export function forPlatforms(evidence: Evidence): string {
  return typeof evidence.platforms === "string" ? ` for ${platformsIn(evidence)}` : "";
}

/** The platforms of the evidence in a sentence. */
export function platformsIn(evidence: Evidence): string {
  return rawValue(evidence, "platforms").replaceAll(", ", " and ");
}

/** What is at the path instead, and what was probably meant. Both are parts of the evidence. */
export function whyNot(evidence: Evidence): string {
  const { why, similar, spelling } = evidence;
  const instead = typeof why === "string" && why !== "" ? ` Reason: ${why}.` : "";
  if (typeof similar !== "string") return instead;
  const differs =
    spelling === true ? ": upper and lower case, and the form of accented letters, must be the same" : "";
  return `${instead} The image has ${quotedValue(evidence, "similar")}${differs}.`;
}
