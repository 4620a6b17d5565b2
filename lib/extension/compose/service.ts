import type { ContainerEffects } from "@/lib/extension/compose/container-effects";
import { readDeploy, readDevices, readGpus } from "@/lib/extension/compose/devices";
import { addHostFile, readMounts } from "@/lib/extension/compose/mounts";
import { readNamespace, readNetworkMode } from "@/lib/extension/compose/namespaces";
import { readPorts } from "@/lib/extension/compose/ports";
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
import { isOpen, shown } from "@/lib/extension/compose/yaml/interpolation";
import { isYamlMap, placeIn, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";
import { hasDigest } from "@/lib/extension/reference/image-name";

/** One service of the project. Services with `profiles` may never start, but are evaluated as if they did. */
export type ComposeService = {
  name: string;
  /** `${DESKTOP_PLUGIN_IMAGE}` for the extension's own image; null when the service is built, or has no image. */
  image: string | null;
  profiles: string[];
  effects: ContainerEffects;
};

/** The variable with which Docker Desktop passes the extension's own image to Compose. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Compose writes variables so
export const OWN_IMAGE = "${DESKTOP_PLUGIN_IMAGE}";

type Reader = (scan: Scan, value: YamlValue, at: string) => void;

/** Keys without effect outside the container and Compose itself. */
const HARMLESS = new Set(
  `annotations attach blkio_config cap_drop command container_name cpu_count cpu_percent cpu_period cpu_quota
  cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset depends_on dns dns_opt dns_search domainname entrypoint expose
  extra_hosts healthcheck hostname image init labels links logging mac_address mem_limit mem_reservation
  mem_swappiness memswap_limit networks oom_score_adj pids_limit platform profiles pull_policy pull_refresh_after
  read_only restart scale shm_size stdin_open stop_grace_period stop_signal tmpfs tty ulimits user working_dir
  configs secrets models`.split(/\s+/),
);

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
  ["pre_stop", readHooks],
  ["provider", readProvider],
  ["build", readBuild],
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
  for (const [key, item] of value) readKey(scan, key, item, placeIn(at, key));
  const image = readImage(scan, value, at, ownImage);
  const profiles = textItems(scan, value.get("profiles"), placeIn(at, "profiles")).map(({ text }) =>
    shown(text),
  );
  return { name, image, profiles, effects: scan.effects };
}

function readKey(scan: Scan, key: string, value: YamlValue, at: string): void {
  const reader = KEYS.get(key);
  if (reader !== undefined) {
    if (value !== null) reader(scan, value, at);
    return;
  }
  if (HARMLESS.has(key) || key.startsWith("x-")) return;
  if (SECURITY_TEXTS.has(key)) {
    readSecurityOptions(scan, value, at, SECURITY_TEXTS.get(key));
    return;
  }
  notUnderstood(scan, at);
  scan.findings.add("compose_unknown_key", { at });
}

function readImage(scan: Scan, service: YamlMap, at: string, ownImage: string): string | null {
  const written = textAt(scan, service, "image", at)?.trim();
  if (written === undefined || written === "") {
    const runs = service.has("build") || service.has("provider");
    if (!runs) scan.findings.add("compose_service_without_image", { at });
    return null;
  }
  const image = written === ownImage ? OWN_IMAGE : written;
  addEffect(scan, "backendImages", image, placeIn(at, "image"));
  if (image !== OWN_IMAGE && !isOpen(image) && !hasDigest(image)) {
    scan.findings.add("compose_image_without_digest", { image });
  }
  return shown(image);
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

function readBuild(scan: Scan, _: YamlValue, at: string): void {
  notUnderstood(scan, at);
  scan.findings.add("compose_build", { at });
}
