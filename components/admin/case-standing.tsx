import { SUBMISSION_STATES, SubmissionStateBadge } from "@/components/catalog/submission-state";
import { Badge } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { SubmissionView } from "@/lib/marketplace/submission-view";

type CaseStandingProps = {
  submission: SubmissionView;
  refusal: { message: string; suggestion: string | undefined } | undefined;
};

/** Where the case stands, and what keeps the reader from deciding it. */
export function CaseStanding({ submission, refusal }: CaseStandingProps) {
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
          There is nothing to decide: this submission is {SUBMISSION_STATES[state].words.toLowerCase()}.
        </p>
      )}
    </div>
  );
}
