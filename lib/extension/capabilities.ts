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
