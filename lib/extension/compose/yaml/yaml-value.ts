import type { StepBudget } from "@/lib/extension/compose/yaml/step-budget";

/**
 * A YAML document for Compose. Every scalar but null is its text, because Compose treats `true` and `"true"`, `8080`
 * and `"8080"` alike. A map, because a key can be `__proto__`.
 */
export type YamlValue = string | null | YamlValue[] | YamlMap;
export type YamlMap = Map<string, YamlValue>;

export function isYamlMap(value: YamlValue | undefined): value is YamlMap {
  return value instanceof Map;
}

/** The kind of a value, for sentences: `a list`. */
export function describeYaml(value: YamlValue | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "an empty value";
  if (typeof value === "string") return "a text";
  return Array.isArray(value) ? "a list" : "an object";
}

/** Applies `change` to each string in a value. Keys stay. Each value costs a step. */
export function mapTexts(
  value: YamlValue,
  change: (text: string, at: string) => YamlValue,
  at: string,
  steps: StepBudget,
): YamlValue {
  steps.spend();
  if (value === null) return null;
  if (typeof value === "string") return change(value, at);
  if (Array.isArray(value))
    return value.map((item, index) => mapTexts(item, change, `${at}[${index}]`, steps));
  return new Map([...value].map(([key, item]) => [key, mapTexts(item, change, placeIn(at, key), steps)]));
}

/** Longer than any displayed path, so that a key of a megabyte is not copied for each value below it. */
const MAX_PLACE_CHARACTERS = 1000;

/** The path of a key: `services.api.image`. Beyond the length limit it is the parent's. */
export function placeIn(at: string, key: string): string {
  if (at.length >= MAX_PLACE_CHARACTERS) return at;
  return (at === "" ? key : `${at}.${key}`).slice(0, MAX_PLACE_CHARACTERS);
}
