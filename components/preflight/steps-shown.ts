import type { PreflightProgress } from "@/lib/inspection/preflight";

/** What is provisional is shown only until it is proven, or nobody proves it any more. */
export function stepsShown(steps: readonly PreflightProgress[], running: boolean): PreflightProgress[] {
  const isOver = !running || steps.some(({ step }) => step === "metadata");
  return steps.filter(({ step }) => step !== "metadata_provisional" || !isOver);
}
