"use client";

import { type ReactNode, useActionState } from "react";
import type { ButtonLook, ButtonSize } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type FieldSpec, SpecField } from "@/components/ui/field-spec";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction, type FormState } from "@/components/ui/form-state";

/** A form as data, so that server components can describe it: hidden values, a few fields, one button. */
export type FormSpec = {
  /** The button that sends it: verb and object. */
  submit: ReactNode;
  look?: ButtonLook;
  submitWidth?: "full" | "fit";
  /** Unique on the page: several forms can have fields of one name. */
  id: string;
  /** Sent with the form, in hidden fields. */
  about?: Readonly<Record<string, string>>;
  fields?: readonly FieldSpec[];
  /** A sentence above the fields. */
  note?: string;
  /** Shows the form in a dialog, which this button opens. */
  dialog?: { trigger: string; title: string; look?: ButtonLook; size?: ButtonSize };
  /** Classes of the element around the fields. */
  fieldsClassName?: string;
};

export type ActionFormProps = FormSpec & { action: FormAction };

export function ActionForm({ action, ...spec }: ActionFormProps) {
  const form = useActionState(action, EMPTY_FORM);
  return <SpecForm form={form} {...spec} />;
}

type SpecFormProps = FormSpec & {
  /** What `useActionState` returns, for callers that show more of the state than the problem. */
  form: readonly [state: FormState, send: (form: FormData) => void, pending: boolean];
  /** Shown above the note. */
  children?: ReactNode;
};

export function SpecForm({ form: [state, send, pending], dialog, children, ...spec }: SpecFormProps) {
  const { id, about = {}, fields = [], note, submit, look, submitWidth, fieldsClassName } = spec;
  const inputs = fields.map((field) => <SpecField key={field.name} spec={field} formId={id} state={state} />);
  const form = (
    <Form
      action={send}
      state={state}
      pending={pending}
      submit={submit}
      look={look}
      submitWidth={submitWidth}
      fields={fields.map(({ name }) => name)}
    >
      {children}
      {note ? <p className="text-pretty text-ink-soft">{note}</p> : null}
      {Object.entries(about).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fieldsClassName ? <div className={fieldsClassName}>{inputs}</div> : inputs}
    </Form>
  );
  if (dialog === undefined) return form;
  return (
    <Dialog {...dialog} open={state.problem !== undefined}>
      {form}
    </Dialog>
  );
}
