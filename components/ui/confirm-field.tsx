import { useId } from "react";
import { Field } from "@/components/ui/field";
import { CONFIRM_FIELD, type FormState, problemOf } from "@/components/ui/form-state";

/** Asks for the password again before a sensitive form is accepted. */
export function ConfirmField({ state }: { state: FormState }) {
  return (
    <Field
      id={useId()}
      name={CONFIRM_FIELD}
      label="Your password"
      type="password"
      autoComplete="current-password"
      required
      problem={problemOf(state, CONFIRM_FIELD)}
    />
  );
}
