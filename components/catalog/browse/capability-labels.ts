import type { CapabilityName } from "@/lib/extension/capabilities/capabilities";

/** What an extension does, in a word or two that can stand in a list of filters. */
const WORDS: Readonly<Record<CapabilityName, string>> = {
  ui: "Dashboard tab",
  backendImages: "Backend container",
  compose: "Compose services",
  dockerSocket: "Docker socket",
  hostPaths: "Host folders",
  privileged: "Privileged containers",
  addedCapabilities: "Kernel capabilities",
  securityOptions: "Security options",
  hostNamespaces: "Host namespaces",
  devices: "Devices",
  publishedPorts: "Published ports",
  sharedResources: "Shared resources",
  hostCommands: "Host commands",
  hostEnvironment: "Host environment",
  models: "AI models",
  hostBinaries: "Host binaries",
  accountRequired: "Needs an account",
  unknown: "Not understood",
};

/** In the order in which they are shown. */
export const CAPABILITY_CHOICES: readonly { name: string; words: string }[] = Object.entries(WORDS).map(
  ([name, words]) => ({ name, words }),
);

export function capabilityLabel(name: string): string {
  return CAPABILITY_CHOICES.find((choice) => choice.name === name)?.words ?? name;
}
