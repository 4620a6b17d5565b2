"use client";

import { useActionState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction, problemOf } from "@/components/ui/form-state";
import { Textarea } from "@/components/ui/textarea";

type ActProps = {
  action: FormAction;
  /** Of the submission. */
  id: string;
};

export function CheckAgainForm({ action, id }: ActProps) {
  const [state, submit, pending] = useActionState(action, EMPTY_FORM);
  return (
    <Form
      action={submit}
      state={state}
      pending={pending}
      submit="Check again"
      look="quiet"
      submitWidth="words"
      fields={[]}
    >
      <input type="hidden" name="submission" value={id} />
    </Form>
  );
}

export function ReplyForm({ action, id }: ActProps) {
  const [state, submit, pending] = useActionState(action, EMPTY_FORM);
  return (
    <Form
      action={submit}
      state={state}
      pending={pending}
      submit="Send reply"
      look="quiet"
      submitWidth="words"
      fields={["message"]}
    >
      <input type="hidden" name="submission" value={id} />
      <Textarea
        name="message"
        label="Reply to the reviewers"
        hint="Say what you changed. The image is checked again when you send it."
        maxLength={2000}
        required
        defaultValue={state.values.message}
        problem={problemOf(state, "message")}
      />
    </Form>
  );
}

export function WithdrawForm({ action, id, repository }: ActProps & { repository: string }) {
  const [state, submit, pending] = useActionState(action, EMPTY_FORM);
  return (
    <Dialog
      trigger="Withdraw submission"
      look="danger"
      title={`Withdraw ${repository}?`}
      open={state.problem !== undefined}
    >
      <Form
        action={submit}
        state={state}
        pending={pending}
        submit="Withdraw submission"
        look="danger"
        fields={["reason"]}
      >
        <p className="text-pretty text-ink-soft">
          It leaves the queue at once. Nothing is deleted from your registry, and you can submit it again.
        </p>
        <input type="hidden" name="submission" value={id} />
        <Textarea
          id="withdraw-reason"
          name="reason"
          label="Reason (optional)"
          rows={2}
          maxLength={2000}
          defaultValue={state.values.reason}
          problem={problemOf(state, "reason")}
        />
      </Form>
    </Dialog>
  );
}
