import type { Capabilities, HostOs } from "@/lib/extension/capabilities";

/** What any of the platforms does: an approval has to cover all of them. Lists keep the order of first mention. */
export function mergeCapabilities(all: readonly [Capabilities, ...Capabilities[]]): Capabilities {
  const any = (pick: (one: Capabilities) => boolean) => all.some(pick);
  const every = (pick: (one: Capabilities) => readonly string[]) => [...new Set(all.flatMap(pick))];
  return {
    ui: any((one) => one.ui),
    backendImages: every((one) => one.backendImages),
    compose: any((one) => one.compose),
    dockerSocket: any((one) => one.dockerSocket),
    hostPaths: every((one) => one.hostPaths),
    privileged: any((one) => one.privileged),
    addedCapabilities: every((one) => one.addedCapabilities),
    hostNamespaces: every((one) => one.hostNamespaces),
    devices: every((one) => one.devices),
    publishedPorts: every((one) => one.publishedPorts),
    hostBinaries: mergeHostBinaries(all),
    accountRequired: any((one) => one.accountRequired),
    unknown: every((one) => one.unknown),
  };
}

function mergeHostBinaries(all: readonly Capabilities[]): Capabilities["hostBinaries"] {
  const present = all.flatMap((one) => (one.hostBinaries === null ? [] : [one.hostBinaries]));
  if (present.length === 0) return null;
  const paths = (os: HostOs) => [...new Set(present.flatMap((one) => one[os]))];
  return { darwin: paths("darwin"), windows: paths("windows"), linux: paths("linux") };
}
