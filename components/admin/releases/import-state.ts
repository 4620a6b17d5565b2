import type { FormState } from "@/components/ui/form-state";
import type { LineProblem } from "@/lib/extension/desktop/release-csv";
import type { ReleaseImportResult } from "@/lib/marketplace/desktop-releases/import-desktop-releases";

/** The fields of the import's form. */
export const CSV_FILE_FIELD = "file";
export const CSV_FIELD = "csv";
export const INTENT_FIELD = "intent";

export type ImportState = FormState & {
  /** What the file would change, after a preview. */
  preview?: ReleaseImportResult | undefined;
  /** The first problems of a file that was refused. */
  lines?: readonly LineProblem[] | undefined;
};
