"use client";

import { useActionState } from "react";
import type { ButtonLook, ButtonSize } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type FieldSpec, SpecField } from "@/components/ui/field-spec";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction } from "@/components/ui/form-state";

export type ActionFormProps = {
  action: FormAction;
  /** On the button that sends it: verb and object. */
  submit: string;
  look?: ButtonLook;
  submitWidth?: "full" | "words";
  /** Unique on the page: fields of one name stand in many of these forms. */
  id: string;
  /** What the form is about, sent with it. */
  about?: Readonly<Record<string, string>>;
  fields?: readonly FieldSpec[];
  /** A sentence above the fields. */
  note?: string;
  /** In a window of its own, opened by this button. */
  dialog?: { trigger: string; title: string; look?: ButtonLook; size?: ButtonSize };
};

/** One act: what it is about, a few fields, one button. It is described by data, so that server pages can make many. */
export function ActionForm({ dialog, ...props }: ActionFormProps) {
  const [state, send, pending] = useActionState(props.action, EMPTY_FORM);
  const { id, about = {}, fields = [], note, submit, look, submitWidth } = props;
  const form = (
    <Form
      action={send}
      state={state}
      pending={pending}
      submit={submit}
      fields={fields.map(({ name }) => name)}
      {...(look ? { look } : {})}
      {...(submitWidth ? { submitWidth } : {})}
    >
      {note ? <p className="text-pretty text-ink-soft">{note}</p> : null}
      {Object.entries(about).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((spec) => (
        <SpecField key={spec.name} spec={spec} formId={id} state={state} />
      ))}
    </Form>
  );
  if (dialog === undefined) return form;
  return (
    <Dialog {...dialog} open={state.problem !== undefined}>
      {form}
    </Dialog>
  );
}
