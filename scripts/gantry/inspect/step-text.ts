import { visible } from "@/lib/extension/text/quoted";
import type { PreflightProgress } from "@/lib/inspection/preflight";
import type { PlainStep } from "@/lib/inspection/progress";

const STEPS: Record<PlainStep | "metadata", string> = {
  labels: "labels read",
  metadata: "metadata.json looked for",
  compose: "compose file read",
  media: "images and links checked",
  supply_chain: "attestations looked for",
};

/** One line for a finished step. */
export function stepText(progress: PreflightProgress): string {
  switch (progress.step) {
    case "reference":
      return `· ${progress.tag ?? progress.digest ?? ""} is being inspected`;
    case "image":
      return `· image read: ${progress.platforms.join(", ") || "no platform"}`;
    case "metadata_provisional":
      return `· metadata.json as far as read: ${visible(progress.title ?? "no tab", 80)}`;
    default:
      return `· ${STEPS[progress.step]}`;
  }
}
