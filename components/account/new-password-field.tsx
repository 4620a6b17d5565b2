import { Field } from "@/components/ui/field";

type NewPasswordFieldProps = { name: string; label: string; problem: string | undefined };

/** Lengths are counted in UTF-16 units here and on the server alike. */
export function NewPasswordField({ name, label, problem }: NewPasswordFieldProps) {
  return (
    <Field
      name={name}
      label={label}
      hint="At least 12 characters. A few unrelated words work well."
      type="password"
      autoComplete="new-password"
      minLength={12}
      maxLength={256}
      required
      problem={problem}
    />
  );
}
