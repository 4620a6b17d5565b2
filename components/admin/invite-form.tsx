"use client";

import { useActionState } from "react";
import { ROLE_OPTIONS } from "@/components/admin/role-words";
import { Button } from "@/components/ui/button";
import { Command } from "@/components/ui/command";
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

type InviteAgainProps = { action: FormAction<InviteState>; id: string; name: string };

export function InviteAgain({ action, id, name }: InviteAgainProps) {
  const [state, send, pending] = useActionState<InviteState, FormData>(action, EMPTY_FORM);
  if (state.invited) return <InviteLink {...state.invited} />;
  return (
    <form action={send}>
      {state.problem ? (
        <Notice tone="problem" title={state.problem.message} alert>
          {state.problem.suggestion}
        </Notice>
      ) : null}
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="name" value={name} />
      <Button type="submit" look="quiet" size="small" disabled={pending} aria-label={`Invite ${name} again`}>
        Invite again
      </Button>
    </form>
  );
}

function InviteLink({ name, inviteUrl, expiresAt }: Invited) {
  return (
    <Notice tone="success" title={`The invitation for ${name} is ready`} alert>
      <p className="mb-2">
        Give them this link; it works once, ends <Time at={expiresAt} /> and is not shown again.
      </p>
      <Command command={inviteUrl} label={`Copy the invitation link of ${name}`} />
    </Notice>
  );
}
