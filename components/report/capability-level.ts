import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { type NamedCapability, namedCapabilities } from "@/lib/extension/capabilities/named-capabilities";

/** `high`: access outside the extension's own containers. `medium`: notable. `low`: what every extension does. */
export type CapabilityLevel = "high" | "medium" | "low";

export type RankedCapability = NamedCapability & { level: CapabilityLevel; why: string };

type Rank = { level: CapabilityLevel; order: number; why: string };

const RANKS: Record<keyof Capabilities, Rank> = {
  unknown: { level: "high", order: 0, why: "Gantry can’t tell from the image what this does." },
  privileged: { level: "high", order: 1, why: "Nothing isolates it from Docker’s virtual machine." },
  dockerSocket: { level: "high", order: 2, why: "It can read and change every container, image and volume." },
  hostBinaries: {
    level: "high",
    order: 3,
    why: "Runs on your computer, outside containers, with your user’s permissions.",
  },
  hostCommands: { level: "high", order: 4, why: "Compose runs it on your computer, outside containers." },
  hostPaths: { level: "high", order: 5, why: "It can read the contents and may change them." },
  devices: { level: "high", order: 6, why: "It accesses this device directly." },
  hostNamespaces: { level: "high", order: 7, why: "It can see outside its own container." },
  addedCapabilities: { level: "high", order: 8, why: "More privileges than a normal container." },
  securityOptions: { level: "high", order: 9, why: "It changes how its containers are isolated." },
  sharedResources: {
    level: "medium",
    order: 10,
    why: "It can read and change data that other programs store there.",
  },
  publishedPorts: {
    level: "medium",
    order: 11,
    why: "Other programs, and possibly the network, can connect to it.",
  },
  hostEnvironment: {
    level: "medium",
    order: 12,
    why: "It can read the value if the variable is set on your machine.",
  },
  accountRequired: { level: "medium", order: 13, why: "It requires an account with a third party." },
  models: { level: "medium", order: 14, why: "Docker downloads and runs it; it may be large." },
  compose: { level: "low", order: 15, why: "Runs background containers. Their access is listed above." },
  backendImages: { level: "low", order: 16, why: "Runs in a background container." },
  ui: { level: "low", order: 17, why: "Its user interface in Docker Desktop." },
};

/** What several of one kind are called together: `300 files on hosts`. */
const MANY: Partial<Record<keyof Capabilities, string>> = {
  unknown: "unrecognized parts",
  hostBinaries: "files on hosts",
  hostCommands: "programs on the host",
  hostPaths: "host folders",
  devices: "devices",
  hostNamespaces: "namespaces of the host",
  addedCapabilities: "added Linux capabilities",
  securityOptions: "security settings",
  sharedResources: "shared resources",
  publishedPorts: "published ports",
  hostEnvironment: "environment variables of the host",
  models: "AI models",
  backendImages: "backend images",
};

/** Up to this many of one kind are listed one by one. */
const SEPARATE_MAX = 3;

/** One capability, or several of one kind. `title` is a noun phrase. */
export type CapabilityGroup = Pick<RankedCapability, "kind" | "level" | "why"> & {
  title: string;
  capabilities: RankedCapability[];
};

/** `ranked` with the capabilities of one kind together where they are many. */
export function groupCapabilities(ranked: readonly RankedCapability[]): CapabilityGroup[] {
  const byKind = new Map<keyof Capabilities, RankedCapability[]>();
  for (const capability of ranked) {
    const others = byKind.get(capability.kind);
    if (others === undefined) byKind.set(capability.kind, [capability]);
    else others.push(capability);
  }
  return [...byKind.values()].flatMap((capabilities) => {
    const [first] = capabilities;
    const many = first === undefined ? undefined : MANY[first.kind];
    if (first === undefined || many === undefined || capabilities.length <= SEPARATE_MAX)
      return capabilities.map((one) => groupOf(one, one.words, [one]));
    return [groupOf(first, `${capabilities.length} ${many}`, capabilities)];
  });
}

function groupOf(
  { kind, level, why }: RankedCapability,
  title: string,
  capabilities: RankedCapability[],
): CapabilityGroup {
  return { kind, level, why, title, capabilities };
}

/** The extension's capabilities, most sensitive first. */
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
