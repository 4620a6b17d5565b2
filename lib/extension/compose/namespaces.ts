import { addEffect, notUnderstood, type Scan, wrongShape } from "@/lib/extension/compose/scan";
import { isOpen } from "@/lib/extension/compose/yaml/interpolation";
import type { YamlValue } from "@/lib/extension/compose/yaml/yaml-value";

/** Values that mean the container's own namespace. */
const OWN = new Set(["", "private", "shareable", "none"]);

/** `pid`, `ipc`, `uts`, `userns_mode`, `cgroup`: the namespaces that a container joins. */
export function readNamespace(namespace: string): (scan: Scan, value: YamlValue, at: string) => void {
  return (scan, value, at) => {
    if (typeof value !== "string") wrongShape(scan, at, value);
    else if (value === "host") addEffect(scan, "hostNamespaces", namespace, at);
    else if (!OWN.has(value)) readOthers(scan, value, at);
  };
}

export function readNetworkMode(scan: Scan, value: YamlValue, at: string): void {
  if (typeof value !== "string") {
    wrongShape(scan, at, value);
    return;
  }
  if (value === "host") {
    addEffect(scan, "hostNamespaces", "network", at);
    return;
  }
  if (["", "none", "bridge", "default", "nat"].includes(value)) return;
  if (/^(?:service|container):/.test(value)) {
    readOthers(scan, value, at);
    return;
  }
  if (isOpen(value)) {
    notUnderstood(scan, at);
    return;
  }
  addEffect(scan, "sharedResources", `network ${value}`, at);
}

/** `service:` is inside the project; `container:` can be any container. */
function readOthers(scan: Scan, value: string, at: string): void {
  const found = /^(service|container):(.+)$/s.exec(value);
  const [, kind, name = ""] = found ?? [];
  if (found === null || isOpen(value)) {
    notUnderstood(scan, at);
    return;
  }
  if (kind === "container") addEffect(scan, "sharedResources", `container ${name}`, at);
}
