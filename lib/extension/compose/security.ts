import { addEffect, pairs, type Scan, textItems, wrongShape } from "@/lib/extension/compose/scan";
import type { YamlValue } from "@/lib/extension/compose/yaml/yaml-value";

/** Keys that change how a container is confined, with the prefix for each value. */
export const SECURITY_TEXTS = new Map([
  ["sysctls", "sysctl "],
  ["group_add", "group "],
  ["cgroup_parent", "cgroup parent "],
  ["runtime", "runtime "],
  ["isolation", "isolation "],
  ["storage_opt", "storage option "],
  ["oom_kill_disable", "oom_kill_disable="],
]);

/** Options that remove privileges or state the default. */
const STRICT = /^(?:no-new-privileges(?:[:=]true)?|seccomp[:=]builtin|apparmor[:=]docker-default)$/i;

/** `security_opt` and the keys of `SECURITY_TEXTS`. Keeps only what loosens or changes the confinement. */
export function readSecurityOptions(scan: Scan, value: YamlValue, at: string, prefix = ""): void {
  if (value instanceof Map) {
    if (prefix === "") {
      wrongShape(scan, at, value);
      return;
    }
    for (const pair of pairs(scan, value, at)) {
      addEffect(scan, "securityOptions", `${prefix}${pair.name}=${pair.value ?? ""}`, pair.at);
    }
    return;
  }
  for (const { text, at: place } of textItems(scan, value, at)) {
    if (prefix === "" && STRICT.test(text)) continue;
    if (/^oom_kill/.test(prefix) && text === "false") continue;
    addEffect(
      scan,
      "securityOptions",
      prefix === "" ? text.replace(/^([a-z-]+):/, "$1=") : prefix + text,
      place,
    );
  }
}
