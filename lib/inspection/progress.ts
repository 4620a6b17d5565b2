import type { Digest } from "@/lib/extension/digest";
import type { Finding } from "@/lib/extension/finding";

/** The steps of an inspection, in the order in which they end. */
export const INSPECTION_STEPS = ["image", "labels", "metadata", "compose", "media", "supply_chain"] as const;
export type InspectionStep = (typeof INSPECTION_STEPS)[number];

/**
 * One step of a running inspection that has ended, with what it found. Findings have their preset-free severity and
 * may repeat those of another step; the report holds each once. A step that has nothing to look at may be left out.
 */
export type InspectionProgress =
  | { step: "image"; digest: Digest; mediaType: string; platforms: string[]; findings: readonly Finding[] }
  | { step: Exclude<InspectionStep, "image">; findings: readonly Finding[] };
