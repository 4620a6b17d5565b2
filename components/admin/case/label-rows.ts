import type { InspectionReport } from "@/lib/extension/report/inspection-report";

export type LabelRow = {
  name: string;
  /** One value per group of platforms that share it; null if the label is missing. Several values mean that platforms differ. */
  values: { platforms: string[]; value: string | null }[];
};

const OWN_PREFIXES = ["com.docker.", "org.opencontainers.image."];

/** Every label of the image, extension labels first, with its value on each platform. */
export function labelRows(platforms: InspectionReport["platforms"]): LabelRow[] {
  const names = new Set(platforms.flatMap(({ labels }) => Object.keys(labels)));
  return [...names]
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((name) => ({ name, values: valuesOf(name, platforms) }));
}

function rank(name: string): number {
  const index = OWN_PREFIXES.findIndex((prefix) => name.startsWith(prefix));
  return index === -1 ? OWN_PREFIXES.length : index;
}

function valuesOf(name: string, platforms: InspectionReport["platforms"]): LabelRow["values"] {
  const groups = new Map<string | null, string[]>();
  for (const platform of platforms) {
    const value = Object.hasOwn(platform.labels, name) ? (platform.labels[name] ?? null) : null;
    groups.set(value, [...(groups.get(value) ?? []), platformTitle(platform)]);
  }
  return [...groups].map(([value, shared]) => ({ value, platforms: shared }));
}

/** `linux/arm64/v8`. */
export function platformTitle({ os, architecture, variant }: InspectionReport["platforms"][number]): string {
  return [os, architecture, variant].filter((part) => part !== null && part !== "").join("/");
}
