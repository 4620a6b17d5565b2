import type { ReportDifference } from "@/lib/extension/difference/report-difference";
import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { readDecisionRefusal } from "@/lib/marketplace/submissions/decide";
import { getSubmissionReport, type SubmissionReport } from "@/lib/marketplace/submissions/submission-report";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";
import { getSubmission } from "@/lib/marketplace/submissions/submissions";
import { readDifference } from "@/lib/marketplace/versions/version-case";

export type Case = {
  submission: SubmissionView;
  inspected: SubmissionReport;
  /** The differences from the version that was approved last. */
  difference: ReportDifference | null;
  /** Why the user cannot decide, and the next step. */
  refusal: { message: string; suggestion: string | undefined } | undefined;
};

/** A case as reviewers see it; publishers have their own page. */
export async function readCase(ctx: Context, id: string): Promise<Case> {
  authorize(ctx.actor, "submission.decide");
  const submission = await getSubmission(ctx, { id });
  const inspected = await getSubmissionReport(ctx, { id });
  const { report, comparedWith } = inspected;
  const difference =
    report && comparedWith
      ? await readDifference(ctx, { repository: report.repository, before: comparedWith.digest, report })
      : null;
  const error = submission.state === "in_review" ? await readDecisionRefusal(ctx, { id }) : undefined;
  return {
    submission,
    inspected,
    difference,
    refusal: error && { message: error.message, suggestion: error.suggestion },
  };
}
