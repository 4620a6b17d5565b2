import type { InspectionReport } from "@/lib/extension/report/inspection-report";

/**
 * The report with the texts of metadata.json and of Compose files empty: they may have megabytes, and what they say
 * stands beside them.
 */
export function withoutFileTexts(report: InspectionReport): InspectionReport {
  const { metadata, compose } = report;
  return {
    ...report,
    metadata: metadata && { ...metadata, text: "" },
    compose: compose && {
      ...compose,
      text: "",
      files: compose.files.map((file) => ({ ...file, text: "" })),
    },
  };
}
