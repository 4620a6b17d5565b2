import { clsx } from "clsx";
import { CheckAgainForm, ReplyForm, WithdrawForm } from "@/components/publisher/act-forms";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { Link } from "@/components/ui/link";
import { isOpenSubmission } from "@/lib/extension/states/submission";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

type SubmissionActionsProps = {
  submission: SubmissionView;
  actions: { checkAgain: FormAction; reply: FormAction; withdraw: FormAction };
};

/** What the submitter can do with it now; on a small screen it stands before the report. */
export function SubmissionActions({ submission, actions }: SubmissionActionsProps) {
  const { id, repository, state } = submission;
  if (!isOpenSubmission(state)) return state === "approved" ? null : <SubmitAgain />;
  const waitsForPeople = state === "needs_changes" || state === "in_review";
  return (
    <Card className="order-1 space-y-5">
      <h2 className="text-lg font-semibold">What you can do</h2>
      <div className="flex flex-wrap items-start gap-3">
        <CheckAgainForm action={actions.checkAgain} id={id} />
        <WithdrawForm action={actions.withdraw} id={id} repository={repository} />
      </div>
      {waitsForPeople ? <ReplyForm action={actions.reply} id={id} /> : null}
    </Card>
  );
}

function SubmitAgain() {
  return (
    <Link plain href="/publish/new" className={clsx(buttonClasses("quiet"), "order-1")}>
      Submit it again
    </Link>
  );
}
