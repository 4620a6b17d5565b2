import type { RankedCapability } from "@/components/report/capability-level";

/** In a few words: `3 that reach far`. */
export function capabilitySummary(ranked: readonly RankedCapability[]): string {
  const far = ranked.filter(({ level }) => level === "high").length;
  if (far > 0) return `${far} far-reaching`;
  return ranked.some(({ level }) => level === "medium") ? "Some access" : "Nothing unusual";
}
