import { type Capabilities, namedCapabilities } from "@/lib/extension/capabilities";

/** How far it reaches: `high` = over the whole machine, `medium` = out of its containers, `low` = what most do. */
export type CapabilityLevel = "high" | "medium" | "low";

export type RankedCapability = { key: string; level: CapabilityLevel; words: string; meaning: string };

type Rank = { level: CapabilityLevel; meaning: string };

/** Worst first. */
const RANKS: Record<keyof Capabilities, Rank> = {
  unknown: { level: "high", meaning: "The check could not tell what this part does." },
  privileged: { level: "high", meaning: "Such a container can do anything in Docker's virtual machine." },
  dockerSocket: { level: "high", meaning: "It can start, stop and read every container and volume." },
  hostNamespaces: { level: "high", meaning: "It sees processes or traffic outside its container." },
  devices: { level: "high", meaning: "It talks to a device directly." },
  addedCapabilities: { level: "high", meaning: "The kernel lets it do more than other containers." },
  hostBinaries: { level: "high", meaning: "Files copied to your machine run with your own rights." },
  hostPaths: { level: "medium", meaning: "It can read this folder of your machine, and may write to it." },
  publishedPorts: {
    level: "medium",
    meaning: "Programs on your machine, and maybe others, can connect to it.",
  },
  compose: { level: "medium", meaning: "Several containers run in the background." },
  backendImages: { level: "low", meaning: "A container runs in the background." },
  accountRequired: { level: "low", meaning: "You need an account elsewhere to use it." },
  ui: { level: "low", meaning: "It shows a page inside Docker Desktop." },
};

const ORDER = Object.keys(RANKS);

/** Everything that the image says it does, worst first. */
export function rankCapabilities(capabilities: Capabilities): RankedCapability[] {
  return namedCapabilities(capabilities)
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .map(({ kind, key, words }) => ({ key, words: capitalised(spoken(key, words)), ...RANKS[kind] }));
}

/** In a few words: `3 that reach far`. */
export function capabilitySummary(ranked: readonly RankedCapability[]): string {
  const far = ranked.filter(({ level }) => level === "high").length;
  if (far > 0) return `${far} far-reaching`;
  return ranked.some(({ level }) => level === "medium") ? "Some access" : "Nothing unusual";
}

/** The name that stands for the extension's own image says nothing to users. */
function spoken(key: string, words: string): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: metadata.json writes it so
  return key === "backendImages:${DESKTOP_PLUGIN_IMAGE}" ? "its own image as a backend" : words;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
