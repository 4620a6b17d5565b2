import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import type { Finding } from "@/lib/extension/findings/finding";
import type { Digest } from "@/lib/extension/reference/digest";

/** The steps of an inspection, in the order in which they end. */
export const INSPECTION_STEPS = [
  "image",
  "labels",
  "metadata_provisional",
  "metadata",
  "compose",
  "media",
  "supply_chain",
] as const;
export type InspectionStep = (typeof INSPECTION_STEPS)[number];

/**
 * One step of a running inspection that has ended, with what it found. Findings have their preset-free severity and
 * may repeat those of another step; the report holds each once. A step that has nothing to look at may be left out.
 */
export type InspectionProgress =
  | { step: "image"; digest: Digest; mediaType: string; platforms: string[]; findings: readonly Finding[] }
  | MetadataProvisional
  | { step: "metadata"; provisional: ProvisionalOutcome; findings: readonly Finding[] }
  | { step: PlainStep; findings: readonly Finding[] };

export type PlainStep = Exclude<InspectionStep, "image" | "metadata_provisional" | "metadata">;

/**
 * metadata.json as the smallest layers of the reference platform have it, before those above are read: `metadata` tells
 * what became of it. It is for showing early, and stands in no report. `title`: of its tab.
 */
export type MetadataProvisional = {
  step: "metadata_provisional";
  title: string | null;
  /** Without the compose file, which was not read yet and so is no part of `unknown`. */
  capabilities: Capabilities;
  /** Bytes of layers that it took. */
  layerBytes: number;
  findings: readonly Finding[];
};

/**
 * What the proof made of a provisional metadata.json; null where there was none. `dropped`: there is none in the end, or
 * none that could be proven or understood.
 */
export type ProvisionalOutcome = "confirmed" | "replaced" | "dropped" | null;
