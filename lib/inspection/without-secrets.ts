import type { InspectionReport } from "@/lib/extension/inspection-report";
import { maskSecrets } from "@/lib/extension/secrets/find-secrets";

/** Shorter texts hold no secret that is known. */
const MIN_CHARACTERS = 16;

/**
 * The report with every secret in it replaced by words: labels, metadata.json and all else that is stored and served. The
 * result has the type of the input because a report is plain JSON and only characters inside its texts change.
 */
export function withoutSecrets(report: InspectionReport): InspectionReport {
  return JSON.parse(JSON.stringify(report), (_, value: unknown) =>
    typeof value === "string" && value.length >= MIN_CHARACTERS ? maskSecrets(value) : value,
  );
}
