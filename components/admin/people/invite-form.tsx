"use client";

import { useActionState } from "react";
import { ROLE_OPTIONS } from "@/components/admin/people/role-labels";
import { Command } from "@/components/ui/command";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction, type FormState, problemOf } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Time } from "@/components/ui/time";

type Invited = { name: string; inviteUrl: string; expiresAt: string };

export type InviteState = FormState & { /** Shown this once. */ invited?: Invited };

export function InviteForm({ action }: { action: FormAction<InviteState> }) {
  const [state, send, pending] = useActionState<InviteState, FormData>(action, EMPTY_FORM);
  return (
    <div className="space-y-5">
      {state.invited ? <InviteLink {...state.invited} /> : null}
      <Form
        action={send}
        state={state}
        pending={pending}
        submit="Invite person"
        submitWidth="words"
        fields={["name", "email", "role"]}
      >
        <div className="grid gap-5 sm:grid-cols-3">
          <Field
            name="name"
            label="Name"
            autoComplete="off"
            maxLength={100}
            required
            defaultValue={state.values.name}
            problem={problemOf(state, "name")}
          />
          <Field
            name="email"
            label="E-mail address"
            type="email"
            autoComplete="off"
            maxLength={254}
            required
            defaultValue={state.values.email}
            problem={problemOf(state, "email")}
          />
          <Select
            key={state.values.role}
            name="role"
            label="Role"
            options={ROLE_OPTIONS}
            defaultValue={state.values.role ?? "publisher"}
            problem={problemOf(state, "role")}
          />
        </div>
      </Form>
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

/** A new one-time link for an account. */
export function InviteAgain({ action, id, name, isReset }: InviteAgainProps) {
  const [state, send, pending] = useActionState<InviteState, FormData>(action, EMPTY_FORM);
  if (state.invited) return <InviteLink {...state.invited} />;
  return (
    <Dialog
      trigger={isReset ? "Reset password" : "Invite again"}
      title={isReset ? `Reset the password of ${name}` : `Invite ${name} again`}
      size="small"
      open={state.problem !== undefined}
    >
      <Form
        action={send}
        state={state}
        pending={pending}
        submit={isReset ? "Create reset link" : "Create invitation link"}
        fields={[]}
      >
        <p className="text-pretty text-ink-soft">{isReset ? RESET_NOTE : INVITE_NOTE}</p>
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="name" value={name} />
      </Form>
    </Dialog>
  );
}

const INVITE_NOTE = "You get a new one-time link to hand over. Earlier links stop working.";
const RESET_NOTE =
  "You get a one-time link to hand over. Nothing changes until it is used. Choosing a new password with it ends every session and API token of this account.";

function InviteLink({ name, inviteUrl, expiresAt }: Invited) {
  return (
    <Notice tone="success" title={`The link for ${name} is ready`} alert>
      <p className="mb-2">
        Give them this link. It works once, expires <Time at={expiresAt} /> and is not shown again.
      </p>
      <Command command={inviteUrl} label={`Copy the link for ${name}`} />
    </Notice>
  );
}
