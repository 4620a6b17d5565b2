"use client";

import { useActionState } from "react";
import { tokenCount } from "@/components/account/account-labels";
import { SpecForm } from "@/components/ui/action-form";
import { EMPTY_FORM, type FormAction, type FormState } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

export type PasswordState = FormState & { changed?: { endedTokens: number } };

type PasswordFormProps = {
  action: FormAction<PasswordState>;
  /** Tells password managers which account changes. */
  email: string;
};

export function PasswordForm({ action, email }: PasswordFormProps) {
  const form = useActionState<PasswordState, FormData>(action, EMPTY_FORM);
  const [{ changed }] = form;
  return (
    <SpecForm
      form={form}
      id="password"
      fields={[
        { kind: "password", name: "currentPassword", label: "Current password" },
        { kind: "password", name: "password", label: "New password", isNew: true },
      ]}
      submit="Change password"
    >
      {changed ? (
        <Notice title="Password changed" alert>
          You are signed out everywhere else
          {changed.endedTokens > 0 ? `, and ${tokenCount(changed.endedTokens)} ended` : ""}.
        </Notice>
      ) : null}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
    </SpecForm>
  );
}
