import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import type { Finding } from "@/lib/extension/findings/finding";
import type { Digest } from "@/lib/extension/reference/digest";

/** The steps of an inspection, in the order in which they finish. */
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
 * One finished step of a running inspection, with its findings. Findings have the severity of the preset `sdk` and
 * can repeat those of another step; the report contains each once. A step without work can be omitted.
 */
export type InspectionProgress =
  | { step: "image"; digest: Digest; mediaType: string; platforms: string[]; findings: readonly Finding[] }
  | MetadataProvisional
  | { step: "metadata"; provisional: ProvisionalOutcome; findings: readonly Finding[] }
  | { step: PlainStep; findings: readonly Finding[] };

export type PlainStep = Exclude<InspectionStep, "image" | "metadata_provisional" | "metadata">;

/**
 * A provisional metadata.json from the smallest layers of the reference platform, before the layers above are read.
 * The `metadata` step reports what became of it. For early display only, never part of a report. `title`: of its
 * dashboard tab.
 */
export type MetadataProvisional = {
  step: "metadata_provisional";
  title: string | null;
  /** Without the compose file, which is not read yet and therefore not part of `unknown`. */
  capabilities: Capabilities;
  /** Bytes of layers transferred for it. */
  layerBytes: number;
  findings: readonly Finding[];
};

/**
 * The outcome of a provisional metadata.json; null when there was none. `dropped`: the final image has none, or none
 * that could be proven or parsed.
 */
export type ProvisionalOutcome = "confirmed" | "replaced" | "dropped" | null;
