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

/** The host operating systems for which metadata.json may list files. */

/**
 * What an extension does to the host, as far as its image says. `unknown` names sections that were present but
 * not understood: whatever stands there is outside every envelope.
 */
export type Capabilities = ContainerEffects & {
  ui: boolean;
  compose: boolean;
  /** Paths in the image that are copied to hosts of each OS; null when the extension has no host binaries. */
  hostBinaries: Record<HostOs, string[]> | null;
  accountRequired: boolean;
  unknown: string[];
};

/** The names of what an extension can do, as documents have them. */
export const CAPABILITY_NAMES = [
  "ui",
  "compose",
  ...EFFECT_NAMES,
  "hostBinaries",
  "accountRequired",
  "unknown",
] as const satisfies readonly (keyof Capabilities)[];

export type CapabilityName = (typeof CAPABILITY_NAMES)[number];

/** The names of what an extension does at all. */
export function capabilityNames(capabilities: Capabilities): CapabilityName[] {
  return CAPABILITY_NAMES.filter((name) => {
    const value = capabilities[name];
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  });
}

/** Stands in `unknown` when metadata.json itself could not be read. */
const UNKNOWN_METADATA = "metadata.json";
/** Stands in `unknown` where a compose file is named that could not be read. */
export const UNKNOWN_COMPOSE = "compose file";

/**
 * What metadata.json, the labels and the compose file say that the extension does. Without metadata nothing is known,
 * which is `unknown`, not harmless; so it is where a compose file is named and `compose` is undefined.
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
