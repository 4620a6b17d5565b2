import { Checkbox, ChoiceGroup, Radio } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { type FormState, problemOf } from "@/components/ui/form-state";
import { type Option, Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

type Common = {
  name: string;
  label: string;
  hint?: string | undefined;
  /** What stands in it at first. */
  value?: string | undefined;
};

/** A field of a form as data. */
export type FieldSpec =
  | (Common & {
      kind: "line";
      type?: "text" | "email" | "date";
      required?: boolean;
      maxLength?: number;
      mono?: boolean;
      autoComplete?: string;
    })
  | (Common & { kind: "text"; required?: boolean; rows?: number })
  | (Common & { kind: "select"; options: readonly Option[] })
  | (Common & { kind: "choice"; options: readonly { value: string; label: string; hint?: string }[] })
  | (Common & { kind: "check" });

const TEXT_CHARACTERS_MAX = 2_000;

export function SpecField({ spec, formId, state }: { spec: FieldSpec; formId: string; state: FormState }) {
  const value = state.values[spec.name] ?? spec.value ?? "";
  const { name, label, hint } = spec;
  const control = { id: `${formId}-${name}`, name, label, hint, problem: problemOf(state, name) };
  switch (spec.kind) {
    case "line":
      return (
        <Field
          {...control}
          type={spec.type ?? "text"}
          required={spec.required}
          maxLength={spec.maxLength}
          autoComplete={spec.autoComplete ?? "off"}
          className={spec.mono ? "font-mono" : undefined}
          defaultValue={value}
        />
      );
    case "text":
      return (
        <Textarea
          {...control}
          required={spec.required}
          rows={spec.rows ?? 2}
          maxLength={TEXT_CHARACTERS_MAX}
          defaultValue={value}
        />
      );
    case "select":
      // A form that comes back is reset to its first values; the key lets the list begin anew with what was chosen.
      return <Select key={value} {...control} options={spec.options} defaultValue={value} />;
    case "choice":
      return (
        <ChoiceGroup legend={label} name={control.id} problem={control.problem}>
          {spec.options.map((option) => (
            <Radio
              key={option.value}
              id={`${control.id}-${option.value}`}
              name={name}
              {...option}
              defaultChecked={option.value === value}
            />
          ))}
        </ChoiceGroup>
      );
    case "check":
      return <Checkbox {...control} value="yes" defaultChecked={value === "yes"} />;
  }
}

/** The words behind an act; asked for by every act that others have to live with. */
export function reasonField(hint?: string): FieldSpec {
  return { kind: "text", name: "reason", label: "Reason", hint, required: true };
}
