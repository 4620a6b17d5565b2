"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction, problemOf } from "@/components/ui/form-state";

type ConfirmFormProps = {
  action: FormAction;
  /** Whose password it is. */
  email: string;
  /** Where to go afterwards; a path of this site. */
  next: string;
};

export function ConfirmForm({ action, email, next }: ConfirmFormProps) {
  const [state, submit, pending] = useActionState(action, EMPTY_FORM);
  return (
    <Form action={submit} state={state} pending={pending} submit="Confirm" fields={["password"]}>
      <input type="hidden" name="next" value={next} />
      <Field
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="username"
        readOnly
        value={email}
      />
      <Field
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        problem={problemOf(state, "password")}
      />
    </Form>
  );
}
