import { addHostFile, addHostPath } from "@/lib/extension/compose/mounts";
import {
  addEffect,
  notUnderstood,
  readSwitch,
  type Scan,
  textAt,
  wrongShape,
} from "@/lib/extension/compose/scan";
import { isOpen } from "@/lib/extension/compose/yaml/interpolation";
import { isYamlMap, placeIn, type YamlMap } from "@/lib/extension/compose/yaml/yaml-value";

/** `volumes`, `networks`, `secrets`, `configs` and `models` of a project: what they access on the host. */
export function readResources(scan: Scan, project: YamlMap, at: string): void {
  each(scan, project, "volumes", at, readVolume);
  each(scan, project, "networks", at, readNetwork);
  each(scan, project, "secrets", at, readSecret("secret"));
  each(scan, project, "configs", at, readSecret("config"));
  each(scan, project, "models", at, readModel);
}

type Reader = (scan: Scan, name: string, fields: YamlMap, at: string) => void;

function each(scan: Scan, project: YamlMap, key: string, root: string, read: Reader): void {
  const all = project.get(key) ?? null;
  const at = placeIn(root, key);
  if (all === null) return;
  if (!isYamlMap(all)) {
    wrongShape(scan, at, all);
    return;
  }
  for (const [name, value] of all) {
    const place = placeIn(at, name);
    if (value === null) read(scan, name, new Map(), place);
    else if (isYamlMap(value)) read(scan, name, value, place);
    else wrongShape(scan, place, value);
  }
}

function readVolume(scan: Scan, name: string, volume: YamlMap, at: string): void {
  readShared(scan, "volume", name, volume, at);
  const driver = textAt(scan, volume, "driver", at) ?? "local";
  if (driver !== "local") notUnderstood(scan, placeIn(at, "driver"));
  const options = volume.get("driver_opts") ?? null;
  if (options === null) return;
  if (!isYamlMap(options)) {
    wrongShape(scan, placeIn(at, "driver_opts"), options);
    return;
  }
  if (driver === "local") readLocalVolume(scan, options, placeIn(at, "driver_opts"));
}

/** The `local` driver takes the options of `mount`, so a volume can be a host folder under another name. */
function readLocalVolume(scan: Scan, options: YamlMap, at: string): void {
  const type = textAt(scan, options, "type", at) ?? "none";
  const device = textAt(scan, options, "device", at);
  const flags = (textAt(scan, options, "o", at) ?? "").split(",");
  if ([type, ...flags].some(isOpen)) notUnderstood(scan, at);
  if (type === "tmpfs") return;
  if (device === undefined) {
    if (options.size > 0) notUnderstood(scan, at);
    return;
  }
  if (/^(?:nfs|cifs|smb)/.test(type)) {
    addEffect(scan, "sharedResources", `network share ${device}`, at);
    return;
  }
  addHostPath(scan, device, at);
  const isBind = type === "none" || flags.some((flag) => /^r?bind$/.test(flag));
  if (!isBind) notUnderstood(scan, at);
}

function readNetwork(scan: Scan, name: string, network: YamlMap, at: string): void {
  const driver = textAt(scan, network, "driver", at) ?? "bridge";
  const isHost = driver === "host" || (isExternal(network) && nameOf(scan, name, network, at) === "host");
  if (isHost) {
    addEffect(scan, "hostNamespaces", "network", at);
    return;
  }
  readShared(scan, "network", name, network, at);
  if (driver === "macvlan" || driver === "ipvlan")
    addEffect(scan, "hostNamespaces", `network (${driver})`, at);
  else if (!["bridge", "overlay", "none", "default", "nat"].includes(driver))
    notUnderstood(scan, placeIn(at, "driver"));
}

/** Host files and variables that containers can read. */
function readSecret(kind: string): Reader {
  return (scan, name, secret, at) => {
    const file = textAt(scan, secret, "file", at);
    const variable = textAt(scan, secret, "environment", at);
    if (file !== undefined) addHostFile(scan, file, placeIn(at, "file"));
    if (variable !== undefined) addEffect(scan, "hostEnvironment", variable, placeIn(at, "environment"));
    if (secret.has("driver")) notUnderstood(scan, placeIn(at, "driver"));
    if (isExternal(secret))
      addEffect(scan, "sharedResources", `${kind} ${nameOf(scan, name, secret, at)}`, at);
  };
}

function readModel(scan: Scan, _: string, model: YamlMap, at: string): void {
  const reference = textAt(scan, model, "model", at);
  if (reference === undefined) wrongShape(scan, placeIn(at, "model"), undefined);
  else addEffect(scan, "models", reference, placeIn(at, "model"));
}

/** A fixed name is shared, too: Compose uses an existing resource of that name. */
function readShared(scan: Scan, kind: string, key: string, fields: YamlMap, at: string): void {
  const external = fields.get("external") ?? null;
  if (typeof external === "string" && readSwitch(external) === undefined)
    notUnderstood(scan, placeIn(at, "external"));
  if (!isExternal(fields) && !fields.has("name")) return;
  addEffect(scan, "sharedResources", `${kind} ${nameOf(scan, key, fields, at)}`, at);
}

/** `external: true`, or the older `external: { name: … }`. */
function isExternal(fields: YamlMap): boolean {
  const external = fields.get("external") ?? null;
  return isYamlMap(external) || readSwitch(external) !== false;
}

function nameOf(scan: Scan, key: string, fields: YamlMap, at: string): string {
  const external = fields.get("external");
  const older = isYamlMap(external) ? textAt(scan, external, "name", placeIn(at, "external")) : undefined;
  return textAt(scan, fields, "name", at) ?? older ?? key;
}
