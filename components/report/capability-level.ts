import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { type NamedCapability, namedCapabilities } from "@/lib/extension/capabilities/named-capabilities";

/** `high`: reaches out of the extension's own containers. `medium`: worth knowing. `low`: what every extension does. */
export type CapabilityLevel = "high" | "medium" | "low";

export type RankedCapability = NamedCapability & { level: CapabilityLevel; why: string };

type Rank = { level: CapabilityLevel; order: number; why: string };

const RANKS: Record<keyof Capabilities, Rank> = {
  unknown: { level: "high", order: 0, why: "Nobody can tell from the image what this does." },
  privileged: { level: "high", order: 1, why: "No wall is left between it and Docker's virtual machine." },
  dockerSocket: { level: "high", order: 2, why: "It can read and change every container, image and volume." },
  hostBinaries: { level: "high", order: 3, why: "Runs on the computer itself, with the rights of its user." },
  hostCommands: { level: "high", order: 4, why: "Compose starts it on the computer itself." },
  hostPaths: { level: "high", order: 5, why: "It can read what is in there, and may change it." },
  devices: { level: "high", order: 6, why: "It talks to this device directly." },
  hostNamespaces: { level: "high", order: 7, why: "It sees beyond its own container." },
  addedCapabilities: { level: "high", order: 8, why: "More rights than a container has by itself." },
  securityOptions: { level: "high", order: 9, why: "The walls around its containers are changed." },
  sharedResources: {
    level: "medium",
    order: 10,
    why: "Other programs may keep something there that it can read or change.",
  },
  publishedPorts: {
    level: "medium",
    order: 11,
    why: "Other programs, and perhaps the network, reach it there.",
  },
  hostEnvironment: { level: "medium", order: 12, why: "It gets to see what is set there, if anything." },
  accountRequired: { level: "medium", order: 13, why: "It does not work without signing up somewhere." },
  models: { level: "medium", order: 14, why: "Downloaded and run by Docker; it may be large." },
  compose: { level: "low", order: 15, why: "Containers run behind it; what they reach stands above." },
  backendImages: { level: "low", order: 16, why: "A container that runs behind it." },
  ui: { level: "low", order: 17, why: "What people see of it in Docker Desktop." },
};

/** Each thing that the extension does to the host, worst first. */
export function rankCapabilities(capabilities: Capabilities): RankedCapability[] {
  return namedCapabilities(capabilities)
    .map((capability) => ({ ...capability, ...RANKS[capability.kind] }))
    .sort((a, b) => a.order - b.order)
    .map(({ order: _, ...ranked }) => ranked);
}

/** The most sensitive access in a few words: `High access (3)`. */
export function capabilitySummary(ranked: readonly RankedCapability[]): string {
  const high = ranked.filter(({ level }) => level === "high").length;
  if (high > 0) return `High access (${high})`;
  return ranked.some(({ level }) => level === "medium") ? "Some extra access" : "Standard access";
}
