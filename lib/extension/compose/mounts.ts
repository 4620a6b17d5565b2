import { looksLikePath, readHostPath } from "@/lib/extension/compose/host-path";
import {
  addEffect,
  listItems,
  notUnderstood,
  type Scan,
  textAt,
  wrongShape,
} from "@/lib/extension/compose/scan";
import { isOpen } from "@/lib/extension/compose/yaml/interpolation";
import { isYamlMap, placeIn, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";

/**
 * `volumes` of a service (Compose specification, 05-services.md). Named volumes are evaluated where they are
 * declared.
 */
export function readMounts(scan: Scan, value: YamlValue | undefined, at: string): void {
  for (const { item, at: place } of listItems(scan, value, at)) {
    if (typeof item === "string") readShortMount(scan, item, place);
    else if (isYamlMap(item)) readLongMount(scan, item, place);
    else wrongShape(scan, place, item);
  }
}

/** Cost of comparing a path with all socket locations, in readings of that path. */
const PLACES_PER_PATH = 8;

/** A host file or folder that containers can access. */
export function addHostPath(scan: Scan, written: string, at: string): void {
  scan.steps.spendText(PLACES_PER_PATH * (scan.folder.length + written.length));
  const { path, isKnown, isSocket, reachesSocket } = readHostPath(written, scan.folder);
  if (reachesSocket) scan.effects.dockerSocket = true;
  if (!isKnown) notUnderstood(scan, at);
  if (!isSocket) addEffect(scan, "hostPaths", path, at);
}

/** A file that Compose reads on the host. Next to the compose file it is the extension's own. */
export function addHostFile(scan: Scan, written: string, at: string): void {
  if (isOpen(written) || /^(?:[/~\\]|[A-Za-z]:[\\/])|(?:^|[\\/])\.\.(?:[\\/]|$)/.test(written))
    addHostPath(scan, written, at);
}

/** The target folder inside the container, for merging `extends`; undefined when not given. */
export function mountTarget(item: YamlValue): string | undefined {
  if (isYamlMap(item)) {
    const target = item.get("target");
    return typeof target === "string" ? target : undefined;
  }
  if (typeof item !== "string") return undefined;
  const parts = splitMount(item);
  return parts.length === 1 ? parts[0] : parts[1];
}

function readShortMount(scan: Scan, text: string, at: string): void {
  const parts = splitMount(text);
  const [source = "", , mode = ""] = parts;
  if (parts.length > 3 || parts.some((part) => part === "")) {
    wrongShape(scan, at, text);
    return;
  }
  if (parts.length === 1) {
    if (isOpen(source)) notUnderstood(scan, at);
    return;
  }
  reportPropagation(scan, mode.split(","), at);
  if (looksLikePath(source)) addHostPath(scan, source, at);
  else if (isOpen(source)) addEffect(scan, "hostPaths", source, at);
}

/** Splits at colons, except after a drive letter. */
function splitMount(text: string): string[] {
  const parts: string[] = [];
  for (const part of text.split(":")) {
    const last = parts.at(-1);
    if (last !== undefined && /^[A-Za-z]$/.test(last) && /^[\\/]/.test(part))
      parts[parts.length - 1] = `${last}:${part}`;
    else parts.push(part);
  }
  return parts;
}

function readLongMount(scan: Scan, mount: YamlMap, at: string): void {
  const source = textAt(scan, mount, "source", at);
  const bind = mount.get("bind");
  if (isYamlMap(bind))
    reportPropagation(scan, [textAt(scan, bind, "propagation", placeIn(at, "bind")) ?? ""], at);
  switch (mount.get("type")) {
    case "bind":
    case "npipe":
      if (source === undefined) wrongShape(scan, placeIn(at, "source"), undefined);
      else addHostPath(scan, source, at);
      return;
    case "image":
      if (source === undefined) wrongShape(scan, placeIn(at, "source"), undefined);
      else addEffect(scan, "backendImages", source, at);
      return;
    case "volume":
    case "cluster":
      if (source !== undefined && (looksLikePath(source) || isOpen(source))) addHostPath(scan, source, at);
      return;
    case "tmpfs":
      return;
    default:
      wrongShape(scan, placeIn(at, "type"), mount.get("type"));
  }
}

/** Mount propagation: mounts made by a container can appear on the host, and the other way round. */
function reportPropagation(scan: Scan, options: readonly string[], at: string): void {
  for (const option of options) {
    if (/^r?(?:shared|slave)$/.test(option))
      addEffect(scan, "securityOptions", `mount propagation ${option}`, at);
  }
}
