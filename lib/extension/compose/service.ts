import type { ContainerEffects } from "@/lib/extension/compose/container-effects";
import { readDeploy, readDevices, readGpus } from "@/lib/extension/compose/devices";
import { addHostFile, readMounts } from "@/lib/extension/compose/mounts";
import { readNamespace, readNetworkMode } from "@/lib/extension/compose/namespaces";
import { readPorts } from "@/lib/extension/compose/ports";
import { readServiceKeys } from "@/lib/extension/compose/read-keys";
import {
  addEffect,
  listItems,
  notUnderstood,
  pairs,
  readSwitch,
  type Scan,
  textAt,
  textItems,
  wrongShape,
} from "@/lib/extension/compose/scan";
import { readSecurityOptions, SECURITY_TEXTS } from "@/lib/extension/compose/security";
import { readImage } from "@/lib/extension/compose/service-image";
import { isOpen, shown } from "@/lib/extension/compose/yaml/interpolation";
import { isYamlMap, placeIn, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";

/** One service of the project. Services with `profiles` may never start, but are evaluated as if they did. */
export type ComposeService = {
  name: string;
  /** `${DESKTOP_PLUGIN_IMAGE}` for the extension's own image; null when the service is built, or has no image. */
  image: string | null;
  profiles: string[];
  effects: ContainerEffects;
};

type Reader = (scan: Scan, value: YamlValue, at: string) => void;

/** Keys that have an effect outside the container and Compose itself. The others of `SERVICE_KEYS` have none. */
const KEYS = new Map<string, Reader>([
  ["volumes", readMounts],
  ["volumes_from", readVolumesFrom],
  ["ports", readPorts],
  ["devices", readDevices],
  ["device_cgroup_rules", readDevices],
  ["gpus", readGpus],
  ["deploy", readDeploy],
  ["network_mode", readNetworkMode],
  ["pid", readNamespace("pid")],
  ["ipc", readNamespace("ipc")],
  ["uts", readNamespace("uts")],
  ["userns_mode", readNamespace("user")],
  ["cgroup", readNamespace("cgroup")],
  ["cap_add", readAddedCapabilities],
  ["security_opt", readSecurityOptions],
  ["privileged", readPrivileged],
  ["use_api_socket", readApiSocket],
  ["environment", readEnvironment],
  ["env_file", () => undefined],
  ["label_file", readLabelFile],
  ["external_links", readExternalLinks],
  ["post_start", readHooks],
  ["pre_start", readHooks],
  ["pre_stop", readHooks],
  ["provider", readProvider],
  ["credential_spec", notLookedInto],
  ["build", notLookedInto],
]);

/** Evaluates the effects of a service outside its container. Unknown keys are not understood. */
export function readService(
  scan: Scan,
  name: string,
  value: YamlValue,
  at: string,
  ownImage: string,
): ComposeService {
  if (!isYamlMap(value)) {
    wrongShape(scan, at, value);
    return { name, image: null, profiles: [], effects: scan.effects };
  }
  readServiceKeys(scan, value, at);
  for (const [key, item] of value) readKey(scan, key, item, placeIn(at, key));
  const image = readImage(scan, value, at, ownImage);
  const profiles = textItems(scan, value.get("profiles"), placeIn(at, "profiles")).map(({ text }) =>
    shown(text),
  );
  return { name, image, profiles, effects: scan.effects };
}

function readKey(scan: Scan, key: string, value: YamlValue, at: string): void {
  const reader = KEYS.get(key);
  if (reader !== undefined && value !== null) reader(scan, value, at);
  else if (SECURITY_TEXTS.has(key)) readSecurityOptions(scan, value, at, SECURITY_TEXTS.get(key));
}

function readPrivileged(scan: Scan, value: YamlValue, at: string): void {
  const isSet = readSwitch(value);
  if (isSet === undefined) wrongShape(scan, at, value);
  else if (isSet) scan.effects.privileged = true;
}

function readApiSocket(scan: Scan, value: YamlValue, at: string): void {
  const isSet = readSwitch(value);
  if (isSet === undefined) wrongShape(scan, at, value);
  else if (isSet) scan.effects.dockerSocket = true;
}

function readAddedCapabilities(scan: Scan, value: YamlValue, at: string): void {
  for (const { text, at: place } of textItems(scan, value, at)) {
    addEffect(
      scan,
      "addedCapabilities",
      isOpen(text) ? text : text.toUpperCase().replace(/^CAP_/, ""),
      place,
    );
  }
}

/** A name without a value takes the host's. Interpolation has already recorded other host variables. */
function readEnvironment(scan: Scan, value: YamlValue, at: string): void {
  for (const { name, value: given, at: place } of pairs(scan, value, at)) {
    if (given === null) addEffect(scan, "hostEnvironment", name, place);
  }
}

function readVolumesFrom(scan: Scan, value: YamlValue, at: string): void {
  for (const { text, at: place } of textItems(scan, value, at)) {
    const container = /^container:([^:]+)/.exec(text)?.[1];
    if (container !== undefined) addEffect(scan, "sharedResources", `container ${container}`, place);
    else if (isOpen(text)) notUnderstood(scan, place);
  }
}

function readExternalLinks(scan: Scan, value: YamlValue, at: string): void {
  for (const { text, at: place } of textItems(scan, value, at)) {
    addEffect(scan, "sharedResources", `container ${text.split(":")[0] ?? text}`, place);
  }
}

function readLabelFile(scan: Scan, value: YamlValue, at: string): void {
  for (const { text, at: place } of textItems(scan, value, at)) addHostFile(scan, text, place);
}

/** Hooks run inside the container, with privileges of their own. */
function readHooks(scan: Scan, value: YamlValue, at: string): void {
  for (const { item, at: place } of listItems(scan, value, at)) {
    if (!isYamlMap(item)) wrongShape(scan, place, item);
    else {
      readPrivileged(scan, item.get("privileged") ?? null, placeIn(place, "privileged"));
      const environment = item.get("environment");
      if (environment !== undefined) readEnvironment(scan, environment, placeIn(place, "environment"));
    }
  }
}

/** A provider is a program on the host that implements the service. */
function readProvider(scan: Scan, value: YamlValue, at: string): void {
  const type = isYamlMap(value) ? textAt(scan, value, "type", at) : undefined;
  if (type === undefined) wrongShape(scan, at, value);
  else addEffect(scan, "hostCommands", type, placeIn(at, "type"));
}

function notLookedInto(scan: Scan, _: YamlValue, at: string): void {
  notUnderstood(scan, at);
}
