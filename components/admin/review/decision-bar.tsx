"use client";

import { useActionState } from "react";
import { expiryField, trackFields } from "@/components/admin/entries/track-fields";
import { type DecisionState, MovedCandidate } from "@/components/admin/review/moved-candidate";
import { REASON_TEMPLATES } from "@/components/admin/review/reason-templates";
import { type FormSpec, SpecForm } from "@/components/ui/action-form";
import type { FieldSpec } from "@/components/ui/field-spec";
import { EMPTY_FORM, type FormAction } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";

export type DecisionSubject = {
  id: string;
  repository: string;
  /** Null while Gantry cannot read the repository: then it can only be rejected. */
  candidate: { tag: string; digest: string } | null;
};

type DecisionBarProps = { subject: DecisionSubject; action: FormAction<DecisionState> };

/** Always visible below the case. Approving takes one click; every other decision opens a dialog. */
export function DecisionBar(props: DecisionBarProps) {
  const { repository, candidate } = props.subject;
  return (
    <section
      aria-label="Decision"
      className="sticky bottom-0 z-10 -mx-4 max-h-[85dvh] overflow-y-auto border-t border-line bg-surface px-4 py-3 shadow-raised sm:mx-0 sm:rounded-t-lg sm:border-x"
    >
      <div className="flex flex-wrap items-start gap-2 sm:gap-3">
        {candidate === null ? null : <Approvals {...props} tag={candidate.tag} />}
        <DecisionForm
          {...props}
          decision="request_changes"
          id="request_changes"
          dialog={{ trigger: "Request changes", title: `Request changes: ${repository}` }}
          fields={[reasonWithTemplates("request_changes")]}
          submit="Request changes"
        />
        <DecisionForm
          {...props}
          decision="decline"
          id="decline"
          dialog={{ trigger: "Decline", title: `Decline: ${repository}`, look: "danger" }}
          fields={[reasonWithTemplates("decline")]}
          submit="Decline submission"
          look="danger"
        />
      </div>
    </section>
  );
}

function Approvals({ tag, ...props }: DecisionBarProps & { tag: string }) {
  const approve = `Approve ${tag}`;
  const title = `Approve ${props.subject.repository} with conditions`;
  return (
    <>
      <DecisionForm
        {...props}
        decision="approve"
        id="approve"
        submit={
          <>
            <Icon name="check" className="size-5 max-sm:hidden" />
            {approve}
          </>
        }
        submitWidth="fit"
      />
      <DecisionForm
        {...props}
        decision="approve"
        id="approve-with"
        dialog={{ trigger: "Approve with conditions", title }}
        fields={approvalFields(tag)}
        submit={approve}
      />
    </>
  );
}

type DecisionFormProps = DecisionBarProps &
  FormSpec & { decision: "approve" | "request_changes" | "decline" };

function DecisionForm({ subject: { id, candidate }, action, decision, ...spec }: DecisionFormProps) {
  const form = useActionState<DecisionState, FormData>(action, EMPTY_FORM);
  const [{ problem, moved }] = form;
  const about = { submission: id, expectedDigest: candidate?.digest ?? "", decision };
  return (
    <div className={problem && !spec.dialog ? "w-full" : undefined}>
      <SpecForm form={form} about={about} {...spec}>
        {moved ? <MovedCandidate moved={moved} /> : null}
      </SpecForm>
    </div>
  );
}

function approvalFields(tag: string): FieldSpec[] {
  return [
    ...trackFields({ pinLabel: `Only ${tag} (exact image)` }),
    expiryField(null),
    {
      kind: "text",
      name: "reason",
      label: "Note (optional)",
      hint: "Saved with the decision and shown to the publisher.",
    },
  ];
}

function reasonWithTemplates(decision: keyof typeof REASON_TEMPLATES): FieldSpec {
  return {
    kind: "text",
    name: "reason",
    label: "Reason",
    hint: "Sent to the publisher. Say what’s wrong and what to change.",
    rows: 5,
    templates: REASON_TEMPLATES[decision],
  };
}
