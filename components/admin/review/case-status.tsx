import { entryHref } from "@/components/admin/entry-address";
import { SubmissionStateBadge } from "@/components/submission/submission-state";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import type { FormAction } from "@/components/ui/form-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

type CaseStatusProps = {
  submission: SubmissionView;
  /** Checks the repository again, with stored registry credentials. */
  check: FormAction;
  refusal: { message: string; suggestion: string | undefined } | undefined;
};

const NO_DECISION: Record<Exclude<SubmissionView["state"], "in_review">, string> = {
  checking: "Checking the image. This page shows the report when it is ready.",
  errored: "The check failed. Gantry will retry it.",
  needs_changes: "No decision needed: waiting for the publisher.",
  approved: "Approved. You can manage it on the allow-list.",
  declined: "Declined. The publisher can submit it again.",
  withdrawn: "Withdrawn by the publisher.",
};

/** The status of a case, and why the viewer cannot decide it. */
export function CaseStatus({ submission, refusal, check }: CaseStatusProps) {
  const { id, state, queue, candidate, error, retry, isPrivate } = submission;
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SubmissionStateBadge state={state} />
        {candidate ? <Badge icon="tag">{candidate.tag}</Badge> : null}
        {queue ? <span className="text-ink-soft">#{queue.position} in the queue</span> : null}
      </div>
      {error ? (
        <Notice tone={state === "errored" ? "info" : "warning"} title={error.message}>
          {error.suggestion}
          {retry?.at ? (
            <p>
              Tried {retry.attempts === 1 ? "once" : `${retry.attempts} times`}, next retry{" "}
              <Time at={retry.at} />.
            </p>
          ) : null}
          {retry?.at === null ? <p>Gantry does not retry it. The submitter can select Check again.</p> : null}
        </Notice>
      ) : null}
      {isPrivate ? (
        <Notice tone="info" title="Private repository">
          Gantry read this image with stored registry credentials. The submitter does not see the result. An
          approval publishes its labels, capabilities and findings in the catalog; users need their own access
          to the registry to install it.
        </Notice>
      ) : null}
      {refusal ? (
        <Notice tone="warning" title={refusal.message}>
          {refusal.suggestion}
        </Notice>
      ) : null}
      {isPrivate || (error !== null && DENIED.includes(error.code)) ? (
        <CheckWithCredentials state={state} id={id} check={check} />
      ) : null}
      {state === "in_review" || error ? null : (
        <p className="text-ink-soft">
          {NO_DECISION[state]}{" "}
          {state === "approved" ? <Link href={entryHref(submission.repository)}>Open entry</Link> : null}
        </p>
      )}
    </div>
  );
}

/** Errors that a private repository can cause. */
const DENIED: readonly string[] = ["registry_auth_required", "registry_auth_failed", "repository_not_found"];

type CheckProps = Pick<SubmissionView, "state" | "id"> & { check: FormAction };

function CheckWithCredentials({ state, id, check }: CheckProps) {
  if (state !== "in_review" && state !== "needs_changes" && state !== "errored") return null;
  return (
    <ActionForm
      action={check}
      id="check-with-credentials"
      about={{ id }}
      submit="Check with credentials"
      submitWidth="fit"
      look="quiet"
    />
  );
}
