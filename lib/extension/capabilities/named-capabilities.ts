import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { hasDigest } from "@/lib/extension/reference/image-name";
import { visible } from "@/lib/extension/text/quoted";

export type NamedCapability = {
  kind: keyof Capabilities;
  /** Stable and unique within one extension, such as `hostPaths:/var/run`. */
  key: string;
  /** A noun phrase for sentences: `access to the Docker socket`. */
  words: string;
};

export type CapabilityChange = NamedCapability & { change: "added" | "removed" };

type Flag = "ui" | "compose" | "dockerSocket" | "privileged" | "accountRequired";
type List = Exclude<keyof Capabilities, Flag | "hostBinaries">;

const FLAGS: Record<Flag, string> = {
  ui: "a dashboard tab",
  compose: "backend services from a Compose file",
  dockerSocket: "access to the Docker socket",
  privileged: "privileged containers",
  accountRequired: "a third-party account",
};

const LISTS: Record<List, (value: string) => string> = {
  backendImages: backendWords,
  hostPaths: (path) => `the host folder ${path}`,
  addedCapabilities: (name) => `the ${name} capability`,
  securityOptions: (option) => `the security setting ${option}`,
  hostNamespaces: (name) => `the host's ${name} namespace`,
  devices: (device) => `the device ${device}`,
  publishedPorts: (port) => `the published port ${port}`,
  sharedResources: (resource) => `the shared ${resource}`,
  hostCommands: (command) => `the program ${command} on the host`,
  hostEnvironment: (name) => `the host environment variable ${name}`,
  models: (model) => `the AI model ${model}`,
  unknown: (place) => `an unrecognized part: ${place}`,
};

const SYSTEMS = [
  ["darwin", "macOS"],
  ["windows", "Windows"],
  ["linux", "Linux"],
] as const;

/** Every single capability as text. Also accepts capabilities that older releases stored. */
export function namedCapabilities(capabilities: Capabilities): NamedCapability[] {
  const { hostBinaries } = capabilities;
  return [
    ...flag("ui", capabilities),
    ...each("backendImages", capabilities),
    ...flag("compose", capabilities),
    ...flag("dockerSocket", capabilities),
    ...each("hostPaths", capabilities),
    ...flag("privileged", capabilities),
    ...each("addedCapabilities", capabilities),
    ...each("securityOptions", capabilities),
    ...each("hostNamespaces", capabilities),
    ...each("devices", capabilities),
    ...each("publishedPorts", capabilities),
    ...each("sharedResources", capabilities),
    ...each("hostCommands", capabilities),
    ...each("hostEnvironment", capabilities),
    ...each("models", capabilities),
    ...SYSTEMS.flatMap(([os, system]) =>
      named(
        "hostBinaries",
        hostBinaries?.[os] ?? [],
        (path) => `the ${path.endsWith("/") ? "folder" : "file"} ${path} on ${system} hosts`,
        `${os} `,
      ),
    ),
    ...flag("accountRequired", capabilities),
    ...each("unknown", capabilities),
  ];
}

/** The capabilities that `after` adds, then those that it removes; empty when both are the same. */
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

function flag(kind: Flag, capabilities: Capabilities): NamedCapability[] {
  return capabilities[kind] ? [{ kind, key: kind, words: FLAGS[kind] }] : [];
}

/** Reports that older releases stored lack some lists. */
function each(kind: List, capabilities: Partial<Capabilities>): NamedCapability[] {
  return named(kind, capabilities[kind] ?? [], LISTS[kind]);
}

function named(
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

/** Spells out the placeholder for the extension's own image, which means nothing to users. */
function backendWords(image: string): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: metadata.json writes it so
  if (image === "${DESKTOP_PLUGIN_IMAGE}") return "a backend from its own image";
  const covered = hasDigest(image) ? "" : " (content not covered: no digest)";
  return `the backend image ${image}${covered}`;
}
