import { useId } from "react";
import { Field } from "@/components/ui/field";
import { CONFIRM_FIELD, type FormState, problemOf } from "@/components/ui/form-state";

/** Asks whoever sends a sensitive form for their password once more. */
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
