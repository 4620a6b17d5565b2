import { mountTarget } from "@/lib/extension/compose/mounts";
import type { StepBudget } from "@/lib/extension/compose/yaml/step-budget";
import { isYamlMap, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";

/** Keys whose values replace the other value, whatever their kind. */
const REPLACED = new Set(["command", "entrypoint", "test"]);
/** Lists of `KEY=value` that can also be objects. */
const PAIRED = new Set(["environment", "labels", "annotations", "sysctls", "extra_hosts", "storage_opt"]);

/**
 * Merges a service with the one that it `extends`: objects are merged, lists joined, other values replaced; mounts
 * with the same target replace one another (Compose specification, 13-merge.md). Each copied value costs a step.
 */
export function mergeServices(base: YamlMap, own: YamlMap, steps: StepBudget): YamlMap {
  steps.spend(base.size + own.size);
  const merged: YamlMap = new Map(base);
  for (const [key, value] of own) {
    const other = base.get(key);
    merged.set(key, other === undefined ? value : mergeValues(key, other, value, steps));
  }
  return merged;
}

function mergeValues(key: string, base: YamlValue, own: YamlValue, steps: StepBudget): YamlValue {
  if (own === null) return base;
  if (REPLACED.has(key)) return own;
  steps.spend(lengthOf(base) + lengthOf(own));
  const [first, second] = PAIRED.has(key) ? [asPairs(base), asPairs(own)] : [base, own];
  if (isYamlMap(first) && isYamlMap(second)) return mergeServices(first, second, steps);
  if (!Array.isArray(first) || !Array.isArray(second)) return second;
  return key === "volumes" ? mergeMounts(first, second) : [...first, ...second];
}

function lengthOf(value: YamlValue): number {
  return Array.isArray(value) ? value.length : 1;
}

function mergeMounts(base: YamlValue[], own: YamlValue[]): YamlValue[] {
  const targets = new Set(own.map(mountTarget));
  return [...base.filter((mount) => !targets.has(mountTarget(mount) ?? "\0")), ...own];
}

function asPairs(value: YamlValue): YamlValue {
  if (!Array.isArray(value)) return value;
  const pairs: YamlMap = new Map();
  for (const item of value) {
    if (typeof item !== "string") return value;
    const end = item.indexOf("=");
    if (end === -1) pairs.set(item, null);
    else pairs.set(item.slice(0, end), item.slice(end + 1));
  }
  return pairs;
}
