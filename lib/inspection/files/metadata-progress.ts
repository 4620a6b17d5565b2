import { readCapabilities, UNKNOWN_COMPOSE } from "@/lib/extension/capabilities/capabilities";
import type { ExtensionLabels } from "@/lib/extension/labels/labels";
import type { ImageMetadata } from "@/lib/inspection/files/image-metadata";
import type { ProvisionalMetadata } from "@/lib/inspection/files/provisional-metadata";
import type { InspectionProgress, ProvisionalOutcome } from "@/lib/inspection/progress";

/**
 * The progress event for a provisional metadata.json. `labels` are those of the reference platform; `layerBytes` is
 * what the lookup transferred.
 */
export function provisionalProgress(
  { document }: ProvisionalMetadata,
  labels: ExtensionLabels,
  layerBytes: number,
): InspectionProgress {
  const capabilities = readCapabilities(document, labels);
  const unknown = capabilities.unknown.filter((section) => section !== UNKNOWN_COMPOSE);
  return {
    step: "metadata_provisional",
    title: document.ui?.title ?? null,
    capabilities: { ...capabilities, unknown },
    layerBytes,
    findings: [],
  };
}

/** The progress event for the final metadata.json, with the outcome of the provisional one. */
export function provenProgress(
  { report, findings }: ImageMetadata,
  provisional: ProvisionalMetadata | undefined,
): InspectionProgress {
  return { step: "metadata", provisional: provisionalOutcome(report, provisional), findings };
}

function provisionalOutcome(
  report: ImageMetadata["report"],
  provisional: ProvisionalMetadata | undefined,
): ProvisionalOutcome {
  if (provisional === undefined) return null;
  if (report === null) return "dropped";
  return report.text === provisional.text ? "confirmed" : "replaced";
}
