"use client";

import { useActionState } from "react";
import { ROLE_OPTIONS } from "@/components/admin/people/role-labels";
import { SpecForm } from "@/components/ui/action-form";
import { Command } from "@/components/ui/command";
import type { FieldSpec } from "@/components/ui/field-spec";
import { EMPTY_FORM, type FormAction, type FormState } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";

type Invited = { name: string; inviteUrl: string; expiresAt: string };

export type InviteState = FormState & {
  /** Shown once. */
  invited?: Invited;
};

const FIELDS: readonly FieldSpec[] = [
  { kind: "line", name: "name", label: "Name", maxLength: 100, required: true },
  { kind: "line", type: "email", name: "email", label: "Email address", maxLength: 254, required: true },
  { kind: "select", name: "role", label: "Role", options: ROLE_OPTIONS, value: "publisher" },
];

export function InviteForm({ action }: { action: FormAction<InviteState> }) {
  const form = useActionState<InviteState, FormData>(action, EMPTY_FORM);
  const [{ invited }] = form;
  return (
    <div className="space-y-5">
      {invited ? <InviteLink {...invited} /> : null}
      <SpecForm
        form={form}
        id="invite"
        fields={FIELDS}
        fieldsClassName="grid gap-5 sm:grid-cols-2 xl:grid-cols-[1fr_1fr_24rem]"
        submit="Invite person"
        submitWidth="fit"
      />
    </div>
  );
}

type InviteAgainProps = {
  action: FormAction<InviteState>;
  id: string;
  name: string;
  /** The account has a password, which the link replaces. */
  isReset: boolean;
};

/** Creates a new one-time link for an account: an invitation or a password reset. */
export function InviteAgain({ action, id, name, isReset }: InviteAgainProps) {
  const form = useActionState<InviteState, FormData>(action, EMPTY_FORM);
  const [{ invited }] = form;
  if (invited) return <InviteLink {...invited} />;
  const { trigger, title, note, submit } = isReset ? RESET : INVITE;
  return (
    <SpecForm
      form={form}
      id={`invite-${id}`}
      about={{ id, name }}
      dialog={{ trigger, title: title(name), size: "small" }}
      note={note}
      submit={submit}
    />
  );
}

const INVITE = {
  trigger: "Invite again",
  title: (name: string) => `Invite ${name} again`,
  note: "You get a new one-time link to pass on. Earlier links stop working.",
  submit: "Create invitation link",
};

const RESET = {
  trigger: "Reset password",
  title: (name: string) => `Reset the password of ${name}`,
  note: "You get a one-time link to pass on. Nothing changes until it is used. The new password ends every session and API token of this account.",
  submit: "Create reset link",
};

function InviteLink({ name, inviteUrl, expiresAt }: Invited) {
  return (
    <Notice tone="success" title={`Link for ${name} created`} alert>
      <p className="mb-2">
        Copy this link now; you won’t see it again. It works once and expires <Time at={expiresAt} />.
      </p>
      <Command command={inviteUrl} label={`Copy the link for ${name}`} />
    </Notice>
  );
}
