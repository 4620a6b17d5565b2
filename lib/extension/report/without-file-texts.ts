import type { InspectionReport } from "@/lib/extension/report/inspection-report";

/**
 * The report without the texts of metadata.json and Compose files: they can have megabytes, and the report contains
 * their content in parsed form.
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
