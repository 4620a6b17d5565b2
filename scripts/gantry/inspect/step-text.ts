import { visible } from "@/lib/extension/text/quoted";
import type { PreflightProgress } from "@/lib/inspection/preflight";
import type { PlainStep } from "@/lib/inspection/progress";

const STEPS: Record<PlainStep | "metadata", string> = {
  labels: "labels read",
  metadata: "metadata.json looked up",
  compose: "compose file read",
  media: "images and links checked",
  supply_chain: "attestations looked up",
};

/** One line for a finished step. */
export function stepText(progress: PreflightProgress): string {
  switch (progress.step) {
    case "reference":
      return `· ${progress.tag ?? progress.digest ?? ""} is being inspected`;
    case "image":
      return `· image read: ${visible(progress.platforms.join(", "), 500) || "no platform"}`;
    case "metadata_provisional":
      return `· metadata.json (provisional): ${visible(progress.title ?? "no tab", 80)}`;
    default:
      return `· ${STEPS[progress.step]}`;
  }
}
