import { clsx } from "clsx";
import { ActionForm } from "@/components/ui/action-form";
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

/** What the submitter can do now; above the report on a small screen. */
export function SubmissionActions({ submission, actions }: SubmissionActionsProps) {
  const { id, repository, state } = submission;
  if (!isOpenSubmission(state)) return state === "approved" ? null : <SubmitAgain />;
  const about = { submission: id };
  return (
    <Card className="order-1 space-y-5">
      <h2 className="text-lg font-semibold">What you can do</h2>
      <div className="flex flex-wrap items-start gap-3">
        <ActionForm
          action={actions.checkAgain}
          id="check-again"
          about={about}
          submit="Check again"
          look="quiet"
          submitWidth="fit"
        />
        <ActionForm
          action={actions.withdraw}
          id="withdraw"
          about={about}
          dialog={{ trigger: "Withdraw submission", title: `Withdraw ${repository}?`, look: "danger" }}
          note="This removes it from the queue. Your registry isn’t touched, and you can resubmit any time."
          fields={[{ kind: "text", name: "reason", label: "Reason (optional)" }]}
          submit="Withdraw submission"
          look="danger"
        />
      </div>
      {state === "needs_changes" || state === "in_review" ? (
        <ActionForm
          action={actions.reply}
          id="reply"
          about={about}
          fields={[
            {
              kind: "text",
              name: "message",
              label: "Reply to the reviewers",
              hint: "Say what you changed. Sending a reply also checks the image again.",
              required: true,
              rows: 4,
            },
          ]}
          submit="Send reply"
          look="quiet"
          submitWidth="fit"
        />
      ) : null}
    </Card>
  );
}

function SubmitAgain() {
  return (
    <Link plain href="/publish/new" className={clsx(buttonClasses("quiet"), "order-1")}>
      Submit again
    </Link>
  );
}
