import type { ComposeReading } from "@/lib/extension/compose/compose";
import {
  type ContainerEffects,
  EFFECT_NAMES,
  joinEffects,
  noEffects,
} from "@/lib/extension/compose/container-effects";
import type { ExtensionLabels } from "@/lib/extension/labels/labels";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";

/**
 * What an extension can access, as declared by its image. `unknown` names parts that Gantry could not interpret. No
 * envelope covers them.
 */
export type Capabilities = ContainerEffects & {
  ui: boolean;
  compose: boolean;
  /** Paths in the image that are copied to hosts of each OS; null when the extension has no host binaries. */
  hostBinaries: Record<HostOs, string[]> | null;
  accountRequired: boolean;
  unknown: string[];
};

/** Capability names, as in the API documents. */
export const CAPABILITY_NAMES = [
  "ui",
  "compose",
  ...EFFECT_NAMES,
  "hostBinaries",
  "accountRequired",
  "unknown",
] as const satisfies readonly (keyof Capabilities)[];

export type CapabilityName = (typeof CAPABILITY_NAMES)[number];

/** The names of the capabilities that an extension has. */
export function capabilityNames(capabilities: Capabilities): CapabilityName[] {
  return CAPABILITY_NAMES.filter((name) => {
    const value = capabilities[name];
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  });
}

/** The entry of `unknown` when metadata.json itself could not be read. */
const UNKNOWN_METADATA = "metadata.json";
/** The entry of `unknown` when metadata.json names a compose file that could not be read. */
export const UNKNOWN_COMPOSE = "compose file";

/**
 * Derives the capabilities from metadata.json, the labels and the compose file. Fails closed: missing metadata, or a
 * named compose file with `compose` undefined, is `unknown` and not harmless.
 */
export function readCapabilities(
  metadata: Metadata | undefined,
  labels: ExtensionLabels,
  compose?: ComposeReading,
): Capabilities {
  const vm = metadata?.vm ?? null;
  const hasCompose = vm !== null && vm.composefile !== null;
  const image = { ...noEffects(), backendImages: vm === null || vm.image === null ? [] : [vm.image] };
  const reading = hasCompose ? compose : undefined;
  const services = (reading?.services ?? []).map(({ effects }) => effects);
  const notRead = reading === undefined ? [UNKNOWN_COMPOSE] : reading.unknown;
  return {
    ui: metadata !== undefined && metadata.ui !== null,
    compose: hasCompose,
    ...joinEffects(reading === undefined ? [image] : [image, ...services, reading.effects]),
    hostBinaries: hostBinariesOf(metadata),
    accountRequired: labels.accountRequired,
    unknown: [
      ...(metadata === undefined ? [UNKNOWN_METADATA] : metadata.notUnderstood),
      ...(hasCompose ? notRead : []),
    ],
  };
}

function hostBinariesOf(metadata: Metadata | undefined): Record<HostOs, string[]> | null {
  const files = metadata?.hostBinaries ?? [];
  if (files.length === 0) return null;
  const on = (os: HostOs) => files.filter((file) => file.os === os).map(({ path }) => path);
  return { darwin: on("darwin"), windows: on("windows"), linux: on("linux") };
}
