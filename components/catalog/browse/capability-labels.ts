import type { CapabilityName } from "@/lib/extension/capabilities/capabilities";

/** Capabilities as filter labels, in display order. */
const LABELS: Readonly<Record<CapabilityName, string>> = {
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
  sharedResources: "Shared volumes and networks",
  hostCommands: "Host commands",
  hostEnvironment: "Host environment variables",
  models: "AI models",
  hostBinaries: "Host binaries",
  accountRequired: "Account required",
  unknown: "Couldn’t be analyzed",
};

export const CAPABILITY_CHOICES: readonly { name: string; label: string }[] = Object.entries(LABELS).map(
  ([name, label]) => ({ name, label }),
);

export function capabilityLabel(name: string): string {
  return CAPABILITY_CHOICES.find((choice) => choice.name === name)?.label ?? name;
}
