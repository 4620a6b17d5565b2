"use client";

import { useActionState } from "react";
import { NewPasswordField } from "@/components/account/new-password-field";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { type FormAction, problemOf } from "@/components/ui/form-state";

type InvitationFormProps = { action: FormAction; token: string; email: string; name: string };

export function InvitationForm({ action, token, email, name }: InvitationFormProps) {
  const [state, submit, pending] = useActionState(action, { values: { name } });
  return (
    <Form
      action={submit}
      state={state}
      pending={pending}
      submit="Set password and sign in"
      fields={["name", "password"]}
    >
      <input type="hidden" name="token" value={token} />
      <Field
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="username"
        readOnly
        value={email}
      />
      <Field
        name="name"
        label="Your name"
        autoComplete="name"
        maxLength={100}
        required
        defaultValue={state.values.name}
        problem={problemOf(state, "name")}
      />
      <NewPasswordField name="password" label="Password" problem={problemOf(state, "password")} />
    </Form>
  );
}
