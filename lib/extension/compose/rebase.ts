import { relativeFolder } from "@/lib/extension/compose/image-folder";
import type { StepBudget } from "@/lib/extension/compose/yaml/step-budget";
import { isYamlMap, mapTexts, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";

/**
 * Rewrites the relative paths of a service from a file in folder `from` for use in folder `to`. Each path costs
 * steps.
 */
export function rebase(service: YamlMap, from: string, to: string, steps: StepBudget): YamlMap {
  if (from === to) return service;
  const prefix = relativeFolder(to, from);
  const rebased: YamlMap = new Map(service);
  for (const key of ["volumes", "env_file", "label_file"]) {
    const value = service.get(key);
    if (value !== undefined)
      rebased.set(
        key,
        key === "volumes" ? rebaseMounts(value, prefix, steps) : rebaseFiles(value, prefix, steps),
      );
  }
  return rebased;
}

function rebaseMounts(value: YamlValue, prefix: string, steps: StepBudget): YamlValue {
  if (!Array.isArray(value)) return value;
  return value.map((mount) => {
    steps.spendText(prefix.length);
    if (typeof mount === "string") return mount.startsWith(".") ? `${prefix}/${mount}` : mount;
    const source = isYamlMap(mount) && mount.get("type") === "bind" ? mount.get("source") : undefined;
    if (!isYamlMap(mount) || typeof source !== "string" || isAbsolute(source)) return mount;
    return new Map([...mount, ["source", `${prefix}/${source}`]]);
  });
}

/** Rewrites strings, lists of strings, and objects with `path`. */
function rebaseFiles(value: YamlValue, prefix: string, steps: StepBudget): YamlValue {
  return mapTexts(
    value,
    (text, at) => {
      steps.spendText(prefix.length);
      return isAbsolute(text) || /\.(?:required|format)$/.test(at) ? text : `${prefix}/${text}`;
    },
    "",
    steps,
  );
}

function isAbsolute(path: string): boolean {
  return /^(?:[/~\\\0]|[A-Za-z]:[\\/])/.test(path);
}
