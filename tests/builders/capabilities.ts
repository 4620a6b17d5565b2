import type { Capabilities } from "@/lib/extension/capabilities";

/** The capabilities of an extension that is a dashboard tab and nothing else, with `changes`. */
export function capabilities(changes: Partial<Capabilities> = {}): Capabilities {
  return {
    ui: true,
    backendImages: [],
    compose: false,
    dockerSocket: false,
    hostPaths: [],
    privileged: false,
    addedCapabilities: [],
    hostNamespaces: [],
    devices: [],
    publishedPorts: [],
    hostBinaries: null,
    accountRequired: false,
    unknown: [],
    ...changes,
  };
}
