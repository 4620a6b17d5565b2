"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { type FormAction, type FormState, problemOf } from "@/components/ui/form-state";

type SubmitFormProps = {
  action: FormAction;
  /** What stands in the field at first. */
  repository: string;
};

export function SubmitForm({ action, repository }: SubmitFormProps) {
  const initial: FormState = { values: { repository } };
  const [state, submit, pending] = useActionState(action, initial);
  return (
    <Form action={submit} state={state} pending={pending} submit="Submit extension" fields={["repository"]}>
      <Field
        name="repository"
        label="Image repository"
        hint="Paste what you have: acme/disk-lens, its page on Docker Hub, or a docker pull command."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={2000}
        required
        defaultValue={state.values.repository}
        problem={problemOf(state, "repository")}
      />
    </Form>
  );
}
