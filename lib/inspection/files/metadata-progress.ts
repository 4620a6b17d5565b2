import { readCapabilities, UNKNOWN_COMPOSE } from "@/lib/extension/capabilities/capabilities";
import type { ExtensionLabels } from "@/lib/extension/labels/labels";
import type { ImageMetadata } from "@/lib/inspection/files/image-metadata";
import type { ProvisionalMetadata } from "@/lib/inspection/files/provisional-metadata";
import type { InspectionProgress, ProvisionalOutcome } from "@/lib/inspection/progress";

/** A provisional metadata.json as it is told. `labels` are the reference platform's, `layerBytes` what was read for it. */
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

/** metadata.json as it stands in the report, and what became of the provisional one. */
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
