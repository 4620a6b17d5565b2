"use client";

import { useActionState } from "react";
import { NewPasswordField } from "@/components/account/new-password-field";
import { tokensInWords } from "@/components/account/token-words";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction, type FormState, problemOf } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

export type PasswordState = FormState & { changed?: { endedTokens: number } };

type PasswordFormProps = {
  action: FormAction<PasswordState>;
  /** For password managers, which want to know whose password changes. */
  email: string;
};

export function PasswordForm({ action, email }: PasswordFormProps) {
  const [state, submit, pending] = useActionState<PasswordState, FormData>(action, EMPTY_FORM);
  return (
    <Form
      action={submit}
      state={state}
      pending={pending}
      submit="Change password"
      fields={["currentPassword", "password"]}
    >
      {state.changed ? (
        <Notice title="The password was changed" alert>
          Every other session was signed out
          {state.changed.endedTokens > 0 ? `, and ${tokensInWords(state.changed.endedTokens)} ended` : ""}.
        </Notice>
      ) : null}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field
        name="currentPassword"
        label="Current password"
        type="password"
        autoComplete="current-password"
        required
        problem={problemOf(state, "currentPassword")}
      />
      <NewPasswordField name="password" label="New password" problem={problemOf(state, "password")} />
    </Form>
  );
}
