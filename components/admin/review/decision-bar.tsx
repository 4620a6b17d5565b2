"use client";

import { useActionState } from "react";
import type { DecisionState } from "@/components/admin/review/decision-state";
import { ReasonFields } from "@/components/admin/review/reason-fields";
import { TrackFields } from "@/components/admin/review/track-fields";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction, problemOf } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import type { CapabilityChange } from "@/lib/extension/capabilities/named-capabilities";

export type DecisionSubject = {
  id: string;
  repository: string;
  candidate: { tag: string; digest: string };
};

type DecisionProps = { subject: DecisionSubject; action: FormAction<DecisionState> };

/** Always in view under the case. Approving is one click; the rest asks for what it needs. */
export function DecisionBar(props: DecisionProps) {
  return (
    <section
      aria-label="Decision"
      className="sticky bottom-0 z-10 -mx-4 max-h-[85dvh] overflow-y-auto border-t border-line bg-surface px-4 py-3 shadow-raised sm:mx-0 sm:rounded-t-lg sm:border-x"
    >
      <div className="flex flex-wrap items-start gap-2 sm:gap-3">
        <ApproveNow {...props} />
        <ApproveWith {...props} />
        <WithReason {...props} decision="request_changes" />
        <WithReason {...props} decision="decline" />
      </div>
    </section>
  );
}

function useDecision(action: FormAction<DecisionState>) {
  return useActionState<DecisionState, FormData>(action, EMPTY_FORM);
}

function Hidden({ subject, decision }: { subject: DecisionSubject; decision: string }) {
  return (
    <>
      <input type="hidden" name="submission" value={subject.id} />
      <input type="hidden" name="expectedDigest" value={subject.candidate.digest} />
      <input type="hidden" name="decision" value={decision} />
    </>
  );
}

function ApproveNow({ subject, action }: DecisionProps) {
  const [state, submit, pending] = useDecision(action);
  return (
    <form action={submit} className={state.problem ? "w-full space-y-3" : undefined}>
      {state.problem ? (
        <Notice tone="problem" title={state.problem.message} alert>
          {state.problem.suggestion}
          <Moved state={state} />
        </Notice>
      ) : null}
      <Hidden subject={subject} decision="approve" />
      <Button type="submit" disabled={pending}>
        <Icon name="check" className="size-5 max-sm:hidden" />
        Approve {subject.candidate.tag}
      </Button>
    </form>
  );
}

function ApproveWith({ subject, action }: DecisionProps) {
  const [state, submit, pending] = useDecision(action);
  return (
    <Dialog
      trigger="Approve with limits"
      title={`Approve ${subject.repository} with limits`}
      open={state.problem !== undefined}
    >
      <Form
        action={submit}
        state={state}
        pending={pending}
        submit={`Approve ${subject.candidate.tag}`}
        fields={["range", "expiresOn", "reason"]}
      >
        <Moved state={state} />
        <Hidden subject={subject} decision="approve" />
        <TrackFields state={state} tag={subject.candidate.tag} />
        <Textarea
          id="approve-reason"
          name="reason"
          label="Note (optional)"
          hint="Kept with the decision, and shown to the publisher."
          rows={2}
          maxLength={2000}
          defaultValue={state.values.reason}
          problem={problemOf(state, "reason")}
        />
      </Form>
    </Dialog>
  );
}

const WITH_REASON = {
  request_changes: { trigger: "Request changes", look: "quiet", submit: "Request changes" },
  decline: { trigger: "Decline", look: "danger", submit: "Decline submission" },
} as const;

function WithReason({ subject, action, decision }: DecisionProps & { decision: keyof typeof WITH_REASON }) {
  const [state, submit, pending] = useDecision(action);
  const words = WITH_REASON[decision];
  return (
    <Dialog
      trigger={words.trigger}
      look={words.look}
      title={`${words.trigger}: ${subject.repository}`}
      open={state.problem !== undefined}
    >
      <Form
        action={submit}
        state={state}
        pending={pending}
        submit={words.submit}
        look={decision === "decline" ? "danger" : "primary"}
        fields={["reason"]}
      >
        <Moved state={state} />
        <Hidden subject={subject} decision={decision} />
        <ReasonFields decision={decision} value={state.values.reason} problem={problemOf(state, "reason")} />
      </Form>
    </Dialog>
  );
}

/** What changed while somebody was reading. */
function Moved({ state: { moved } }: { state: DecisionState }) {
  if (moved === undefined) return null;
  const facts = [
    { term: "You looked at", details: <code className="font-mono break-all">{moved.from}</code> },
    {
      term: moved.tag ? `It is now ${moved.tag}` : "It is now",
      details: <code className="font-mono break-all">{moved.digest ?? "not known"}</code>,
    },
    { term: "What it does", details: changedWords(moved.changes) },
  ];
  return (
    <dl className="mt-2 space-y-1 text-sm">
      {facts.map(({ term, details }) => (
        <div key={term}>
          <dt className="inline font-medium">{term}: </dt>
          <dd className="inline">{details}</dd>
        </div>
      ))}
    </dl>
  );
}

function changedWords(changes: CapabilityChange[] | undefined): string {
  if (changes === undefined) return "compare it below";
  if (changes.length === 0) return "the same as before";
  return changes
    .map(({ change, words }) => `${change === "added" ? "now" : "no longer"} ${words}`)
    .join("; ");
}
