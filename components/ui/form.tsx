"use client";

import { clsx } from "clsx";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import { ConfirmField } from "@/components/ui/confirm-field";
import { CONFIRM_FIELD, type FormState } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

type FormProps = {
  action: (form: FormData) => void;
  /** Runs before the action where scripts run; it can replace the action. */
  onSubmit?: (event: FormEvent<HTMLFormElement>) => void;
  state: FormState;
  pending: boolean;
  /** The button's label: verb and object. */
  submit: ReactNode;
  look?: ButtonLook | undefined;
  /** As wide as the form (default), or as wide as its label. */
  submitWidth?: "full" | "fit" | undefined;
  /** The names of the fields; a problem with anything else is shown above them. */
  fields: readonly string[];
  children: ReactNode;
};

/** A form that works without JavaScript; with it, focus moves to the field or notice that needs attention. */
export function Form({
  action,
  onSubmit,
  state,
  pending,
  submit,
  look,
  submitWidth = "full",
  fields,
  children,
}: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { problem } = state;
  const confirms = problem?.confirm === true || problem?.field === CONFIRM_FIELD;
  const known = confirms ? [...fields, CONFIRM_FIELD] : fields;
  const general = problem && !(problem.field && known.includes(problem.field)) ? problem : undefined;

  useEffect(() => {
    if (!problem) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [problem]);

  return (
    <form ref={form} action={action} onSubmit={onSubmit} className="space-y-5">
      {general ? (
        <Notice tone={general.confirm ? "info" : "problem"} title={general.message} alert>
          {general.suggestion}
        </Notice>
      ) : null}
      {children}
      {confirms ? <ConfirmField state={state} /> : null}
      <Button
        type="submit"
        look={look}
        disabled={pending}
        className={clsx(submitWidth === "full" && "w-full")}
      >
        {submit}
      </Button>
    </form>
  );
}
