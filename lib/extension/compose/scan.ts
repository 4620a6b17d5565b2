import type { EffectList } from "@/lib/extension/compose/container-effects";
import { type ContainerEffects, noEffects } from "@/lib/extension/compose/container-effects";
import type { NewKeys } from "@/lib/extension/compose/keys/key-versions";
import { isOpen, shown } from "@/lib/extension/compose/yaml/interpolation";
import type { StepBudget } from "@/lib/extension/compose/yaml/step-budget";
import { describeYaml, placeIn, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";
import type { FindingList } from "@/lib/extension/findings/finding-list";

/** State of reading one part of a project. `folder`: base of its relative paths. */
export type Scan = {
  effects: ContainerEffects;
  unknown: Set<string>;
  findings: FindingList;
  folder: string;
  steps: StepBudget;
  newKeys: NewKeys;
};

const MAX_CHARACTERS = 300;
const MAX_UNKNOWN = 100;
const MAX_VALUES = 500;
/** Comparing a value with this many others costs one step. */
const VALUES_PER_STEP = 16;

export function createScan(
  folder: string,
  { unknown, findings, steps, newKeys }: Pick<Scan, "unknown" | "findings" | "steps" | "newKeys">,
): Scan {
  return { effects: noEffects(), unknown, findings, folder, steps, newKeys };
}

/**
 * Adds one value to a list. A value that depends on an unset variable, or is too long to compare, also counts as not
 * understood.
 */
export function addEffect(scan: Scan, list: EffectList, value: string, at: string): void {
  if (isOpen(value) || value.length > MAX_CHARACTERS) notUnderstood(scan, at);
  const text = shown(value).slice(0, MAX_CHARACTERS);
  const values = scan.effects[list];
  scan.steps.spendText(text.length);
  scan.steps.spend(Math.floor(values.length / VALUES_PER_STEP));
  if (values.includes(text)) return;
  if (values.length < MAX_VALUES) values.push(text);
  else notUnderstood(scan, at);
}

/** Marks a place with an unknown effect. */
export function notUnderstood(scan: Pick<Scan, "unknown">, at: string): void {
  if (scan.unknown.size < MAX_UNKNOWN) scan.unknown.add(shown(at).slice(0, MAX_CHARACTERS));
}

/** Marks a place whose value has an unexpected type. */
export function wrongShape(scan: Scan, at: string, value: YamlValue | undefined): void {
  notUnderstood(scan, at);
  scan.findings.add("compose_not_understood", { at: shown(at), found: describeYaml(value) });
}

/** A boolean as Compose reads it; undefined when it depends on an unset variable, or is not a boolean. */
export function readSwitch(value: YamlValue | undefined): boolean | undefined {
  if (value === undefined || value === null) return false;
  if (typeof value !== "string") return undefined;
  if (/^(?:true|t|yes|y|on|1)$/i.test(value)) return true;
  return /^(?:false|f|no|n|off|0|)$/i.test(value) ? false : undefined;
}

/** The items of a list with their places. A single string counts as a list of one. Each item costs a step. */
export function listItems(
  scan: Scan,
  value: YamlValue | undefined,
  at: string,
): { item: YamlValue; at: string }[] {
  if (value === undefined || value === null) return [];
  scan.steps.spend(Array.isArray(value) ? value.length : 1);
  if (typeof value === "string") return [{ item: value, at }];
  if (Array.isArray(value)) return value.map((item, index) => ({ item, at: `${at}[${index}]` }));
  wrongShape(scan, at, value);
  return [];
}

/** The strings of a list; other items are not understood. */
export function textItems(
  scan: Scan,
  value: YamlValue | undefined,
  at: string,
): { text: string; at: string }[] {
  return listItems(scan, value, at).flatMap(({ item, at: place }) => {
    if (typeof item === "string") return [{ text: item, at: place }];
    wrongShape(scan, place, item);
    return [];
  });
}

/** Entries of `KEY=value` lists or of objects; a null value is a name without a value. */
export function pairs(
  scan: Scan,
  value: YamlValue | undefined,
  at: string,
): { name: string; value: string | null; at: string }[] {
  if (value instanceof Map) {
    scan.steps.spend(value.size);
    return [...value].flatMap(([name, item]) => {
      const place = placeIn(at, name);
      if (item === null || typeof item === "string") return [{ name, value: item, at: place }];
      wrongShape(scan, place, item);
      return [];
    });
  }
  return textItems(scan, value, at).map(({ text, at: place }) => {
    const end = text.indexOf("=");
    return end === -1
      ? { name: text, value: null, at: place }
      : { name: text.slice(0, end), value: text.slice(end + 1), at: place };
  });
}

/** The string under a key, or undefined; other values are not understood. */
export function textAt(scan: Scan, fields: YamlMap, key: string, at: string): string | undefined {
  const value = fields.get(key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  wrongShape(scan, placeIn(at, key), value);
  return undefined;
}

/** Reports a key that the Compose specification does not have at this place. */
export function reportUnknownKey(scan: Scan, at: string): void {
  notUnderstood(scan, at);
  scan.findings.add("compose_unknown_key", { at });
}
