import type { ExtensionLabels } from "@/lib/extension/labels";
import type { Metadata } from "@/lib/extension/metadata";
import { visible } from "@/lib/extension/quoted";

/** The host operating systems for which metadata.json may list files. */
export type HostOs = "darwin" | "windows" | "linux";

/**
 * What an extension does to the host, as far as its image says. `unknown` names sections that were present but
 * not understood: whatever stands there is outside every envelope.
 */
export type Capabilities = {
  ui: boolean;
  /** Images that run as the backend: `vm.image`, and the compose services' images once compose is read. */
  backendImages: string[];
  compose: boolean;
  dockerSocket: boolean;
  hostPaths: string[];
  privileged: boolean;
  addedCapabilities: string[];
  hostNamespaces: string[];
  devices: string[];
  publishedPorts: string[];
  /** Paths in the image that are copied to hosts of each OS; null when the extension has no host binaries. */
  hostBinaries: Record<HostOs, string[]> | null;
  accountRequired: boolean;
  unknown: string[];
};

/** Stands in `unknown` when metadata.json itself could not be read. */
export const UNKNOWN_METADATA = "metadata.json";
/** Stands in `unknown` while a compose file is named whose content was not read. */
export const UNKNOWN_COMPOSE = "compose file";

/**
 * What metadata.json and the labels say that the extension does. Without metadata nothing is known, which is
 * `unknown`, not harmless. The compose file is not read here, so an extension with one has `unknown` too.
 */
export function readCapabilities(metadata: Metadata | undefined, labels: ExtensionLabels): Capabilities {
  const vm = metadata?.vm ?? null;
  const compose = vm !== null && vm.composefile !== null;
  return {
    ui: metadata !== undefined && metadata.ui !== null,
    backendImages: vm === null || vm.image === null ? [] : [vm.image],
    compose,
    dockerSocket: false,
    hostPaths: [],
    privileged: false,
    addedCapabilities: [],
    hostNamespaces: [],
    devices: [],
    publishedPorts: [],
    hostBinaries: hostBinariesOf(metadata),
    accountRequired: labels.accountRequired,
    unknown: [
      ...(metadata === undefined ? [UNKNOWN_METADATA] : metadata.notUnderstood),
      ...(compose ? [UNKNOWN_COMPOSE] : []),
    ],
  };
}

function hostBinariesOf(metadata: Metadata | undefined): Record<HostOs, string[]> | null {
  const files = metadata?.hostBinaries ?? [];
  if (files.length === 0) return null;
  const on = (os: HostOs) => files.filter((file) => file.os === os).map(({ path }) => path);
  return { darwin: on("darwin"), windows: on("windows"), linux: on("linux") };
}

export type NamedCapability = {
  kind: keyof Capabilities;
  /** Stable and unique within one extension, such as `hostPaths:/var/run`. */
  key: string;
  /** What it is, as part of a sentence: `access to the Docker socket`. */
  words: string;
};

export type CapabilityChange = NamedCapability & { change: "added" | "removed" };

/** Each single thing that the extension does, in words. */
export function namedCapabilities(capabilities: Capabilities): NamedCapability[] {
  const { hostBinaries } = capabilities;
  return [
    ...flag("ui", capabilities.ui, "a tab in the dashboard"),
    ...each("backendImages", capabilities.backendImages, (image) => `the backend image ${image}`),
    ...flag("compose", capabilities.compose, "backend services from a compose file"),
    ...flag("dockerSocket", capabilities.dockerSocket, "access to the Docker socket"),
    ...each("hostPaths", capabilities.hostPaths, (path) => `the host folder ${path}`),
    ...flag("privileged", capabilities.privileged, "privileged containers"),
    ...each("addedCapabilities", capabilities.addedCapabilities, (name) => `the kernel capability ${name}`),
    ...each("hostNamespaces", capabilities.hostNamespaces, (name) => `the host's ${name} namespace`),
    ...each("devices", capabilities.devices, (device) => `the device ${device}`),
    ...each("publishedPorts", capabilities.publishedPorts, (port) => `the published port ${port}`),
    ...each(
      "hostBinaries",
      hostBinaries?.darwin ?? [],
      (path) => `the file ${path} on macOS hosts`,
      "darwin ",
    ),
    ...each(
      "hostBinaries",
      hostBinaries?.windows ?? [],
      (path) => `the file ${path} on Windows hosts`,
      "windows ",
    ),
    ...each("hostBinaries", hostBinaries?.linux ?? [], (path) => `the file ${path} on Linux hosts`, "linux "),
    ...flag("accountRequired", capabilities.accountRequired, "an account at a third party"),
    ...each("unknown", capabilities.unknown, (place) => `something not understood: ${place}`),
  ];
}

/** What `after` does that `before` did not, then what it no longer does; empty when both do the same. */
export function compareCapabilities(before: Capabilities, after: Capabilities): CapabilityChange[] {
  const old = namedCapabilities(before);
  const now = namedCapabilities(after);
  return [...missingFrom(old, now, "added"), ...missingFrom(now, old, "removed")];
}

function missingFrom(
  list: NamedCapability[],
  wanted: NamedCapability[],
  change: CapabilityChange["change"],
): CapabilityChange[] {
  const keys = new Set(list.map(({ key }) => key));
  return wanted.filter(({ key }) => !keys.has(key)).map((capability) => ({ ...capability, change }));
}

function flag(kind: keyof Capabilities, isSet: boolean, words: string): NamedCapability[] {
  return isSet ? [{ kind, key: kind, words }] : [];
}

function each(
  kind: keyof Capabilities,
  values: readonly string[],
  words: (value: string) => string,
  prefix = "",
): NamedCapability[] {
  return [...new Set(values)].map((value) => ({
    kind,
    key: `${kind}:${prefix}${value}`,
    words: words(visible(value, 200)),
  }));
}
