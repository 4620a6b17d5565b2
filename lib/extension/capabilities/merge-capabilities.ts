import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { joinEffects } from "@/lib/extension/compose/container-effects";
import type { HostOs } from "@/lib/extension/metadata/host-os";

/** The union of the capabilities of all platforms, which an approval must cover. Lists keep the order of first mention. */
export function mergeCapabilities(all: readonly [Capabilities, ...Capabilities[]]): Capabilities {
  const any = (pick: (one: Capabilities) => boolean) => all.some(pick);
  return {
    ui: any((one) => one.ui),
    compose: any((one) => one.compose),
    ...joinEffects(all),
    hostBinaries: mergeHostBinaries(all),
    accountRequired: any((one) => one.accountRequired),
    unknown: [...new Set(all.flatMap((one) => one.unknown))],
  };
}

function mergeHostBinaries(all: readonly Capabilities[]): Capabilities["hostBinaries"] {
  const present = all.flatMap((one) => (one.hostBinaries === null ? [] : [one.hostBinaries]));
  if (present.length === 0) return null;
  const paths = (os: HostOs) => [...new Set(present.flatMap((one) => one[os]))];
  return { darwin: paths("darwin"), windows: paths("windows"), linux: paths("linux") };
}
