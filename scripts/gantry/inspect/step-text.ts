import type { PreflightProgress } from "@/lib/inspection/preflight";
import type { InspectionStep } from "@/lib/inspection/progress";

const STEPS: Record<Exclude<InspectionStep, "image">, string> = {
  labels: "labels read",
  metadata: "metadata.json looked for",
  compose: "compose file read",
  media: "pictures and links looked at",
  supply_chain: "attestations looked for",
};

/** One line about a step that has ended. */
export function stepText(progress: PreflightProgress): string {
  switch (progress.step) {
    case "reference":
      return `· ${progress.tag ?? progress.digest ?? ""} is looked at`;
    case "image":
      return `· image read: ${progress.platforms.join(", ") || "no platform"}`;
    default:
      return `· ${STEPS[progress.step]}`;
  }
}
