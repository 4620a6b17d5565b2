import { entryHref } from "@/components/admin/entry-address";
import { SubmissionStateBadge } from "@/components/submission/submission-state";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

type CaseStatusProps = {
  submission: SubmissionView;
  refusal: { message: string; suggestion: string | undefined } | undefined;
};

const NOTHING_TO_DECIDE: Record<Exclude<SubmissionView["state"], "in_review">, string> = {
  checking: "The image is being checked; this page shows the report as soon as it is there.",
  errored: "The check could not be made; it is tried again.",
  needs_changes: "There is nothing to decide: it waits for its publisher.",
  approved: "It was approved, and is decided about on the allow-list from now on.",
  declined: "It was declined. Its publisher can submit it again.",
  withdrawn: "Its publisher took it back.",
};

/** Where the case stands, and what keeps the reader from deciding it. */
export function CaseStatus({ submission, refusal }: CaseStatusProps) {
  const { state, queue, candidate, error, retry } = submission;
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SubmissionStateBadge state={state} />
        {candidate ? <Badge icon="tag">{candidate.tag}</Badge> : null}
        {queue ? <span className="text-ink-soft">Number {queue.position} in the queue</span> : null}
      </div>
      {error ? (
        <Notice tone={state === "errored" ? "info" : "warning"} title={error.message}>
          {error.suggestion}
          {retry?.at ? (
            <p>
              Tried {retry.attempts === 1 ? "once" : `${retry.attempts} times`}; the next try is due{" "}
              <Time at={retry.at} />.
            </p>
          ) : null}
        </Notice>
      ) : null}
      {refusal ? (
        <Notice tone="warning" title={refusal.message}>
          {refusal.suggestion}
        </Notice>
      ) : null}
      {state === "in_review" || error ? null : (
        <p className="text-ink-soft">
          {NOTHING_TO_DECIDE[state]}{" "}
          {state === "approved" ? <Link href={entryHref(submission.repository)}>Open its entry</Link> : null}
        </p>
      )}
    </div>
  );
}
