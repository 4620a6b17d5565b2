import { type ReportDifference, reportDifference } from "@/lib/extension/difference/report-difference";
import type { ComposeReport, InspectionReport } from "@/lib/extension/report/inspection-report";
import type { Task } from "@/lib/platform/threads/task";
import { runTask } from "@/lib/platform/threads/task-threads";

type Pair = { before: InspectionReport; after: InspectionReport };

/** `reportDifference` for a thread: comparing texts line by line takes longer than reading them. */
export const COMPARE_REPORTS: Task<Pair, ReportDifference> = {
  module: "lib/marketplace/versions/difference-task",
  name: "COMPARE_REPORTS",
  run: ({ before, after }) => reportDifference(before, after),
  weigh: ({ before, after }) => WEIGHT * (charactersOf(before) + charactersOf(after)),
};

const WEIGHT = 4;

/** What `after` changes against `before`, for a page that a reviewer waits for. */
export function compareReports(before: InspectionReport, after: InspectionReport): Promise<ReportDifference> {
  return runTask(COMPARE_REPORTS, { before, after });
}

function charactersOf({ metadata, compose, platforms }: InspectionReport): number {
  const labels = platforms.flatMap((platform) => Object.values(platform.labels));
  const files = compose === null ? [] : composeTexts(compose);
  return [metadata?.text ?? "", ...files, ...labels].reduce((sum, { length }) => sum + length, 0);
}

function composeTexts({ text, files }: ComposeReport): string[] {
  return [text, ...files.map((file) => file.text)];
}
