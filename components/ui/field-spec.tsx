import { Checkbox, ChoiceGroup, Radio } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { type FormState, problemOf } from "@/components/ui/form-state";
import { type Option, Select } from "@/components/ui/select";
import { type Template, TemplateTextarea } from "@/components/ui/template-textarea";
import { Textarea } from "@/components/ui/textarea";

type Common = {
  name: string;
  label: string;
  hint?: string | undefined;
  /** The initial value. */
  value?: string | undefined;
};

type Choice = { value: string; label: string; hint?: string };

/** A form field as data. Passwords are never filled in again. */
export type FieldSpec =
  | (Common & {
      kind: "line";
      type?: "text" | "email" | "date";
      required?: boolean;
      readOnly?: boolean;
      maxLength?: number;
      mono?: boolean;
      autoComplete?: string;
    })
  | { kind: "password"; name: string; label: string; isNew?: boolean }
  /** A secret that is not the person's own password, so browsers must not fill that in. */
  | { kind: "secret"; name: string; label: string; hint: string }
  | (Common & { kind: "text"; required?: boolean; rows?: number; templates?: readonly Template[] })
  | (Common & { kind: "select"; options: readonly Option[] })
  | (Common & { kind: "choice"; options: readonly Choice[] })
  /** Several can be checked; their values are kept in one string, separated by spaces. */
  | (Common & { kind: "checks"; options: readonly Choice[] })
  | (Common & { kind: "check" });

const TEXT_CHARACTERS_MAX = 2_000;

/** Lengths are counted in UTF-16 units, as on the server. */
const NEW_PASSWORD = {
  hint: "At least 12 characters. A few unrelated words work well.",
  autoComplete: "new-password",
  minLength: 12,
  maxLength: 256,
};

type SpecFieldProps = { spec: FieldSpec; formId: string; state: FormState };

/** Renders a field from its spec, with what was entered before and what is wrong with it. */
export function SpecField({ spec, formId, state }: SpecFieldProps) {
  const { name, label } = spec;
  const id = `${formId}-${name}`;
  const problem = problemOf(state, name);
  if (spec.kind === "password") {
    const purpose = spec.isNew ? NEW_PASSWORD : { autoComplete: "current-password" };
    return (
      <Field id={id} name={name} label={label} problem={problem} type="password" required {...purpose} />
    );
  }
  if (spec.kind === "secret") {
    return (
      <Field
        {...{ id, name, label, problem, hint: spec.hint }}
        type="password"
        required
        autoComplete="new-password"
      />
    );
  }
  const value = state.values[name] ?? spec.value ?? "";
  const control = { id, name, label, hint: spec.hint, problem };
  switch (spec.kind) {
    case "line":
      return (
        <Field
          {...control}
          type={spec.type ?? "text"}
          required={spec.required}
          readOnly={spec.readOnly}
          maxLength={spec.maxLength}
          autoComplete={spec.autoComplete ?? "off"}
          {...(spec.mono ? { className: "font-mono", autoCapitalize: "none", spellCheck: false } : {})}
          defaultValue={value}
        />
      );
    case "text": {
      const text = { ...control, rows: spec.rows ?? 2, maxLength: TEXT_CHARACTERS_MAX, defaultValue: value };
      return spec.templates ? (
        <TemplateTextarea {...text} templates={spec.templates} />
      ) : (
        <Textarea {...text} required={spec.required} />
      );
    }
    case "select":
      // React resets a form after its action; the key makes the list start with the option that was chosen.
      return <Select key={value} {...control} options={spec.options} defaultValue={value} />;
    case "choice":
    case "checks":
      return <Choices spec={spec} id={id} value={value} problem={problem} />;
    case "check":
      return <Checkbox {...control} value="yes" defaultChecked={value === "yes"} />;
  }
}

type ChoicesProps = {
  spec: Extract<FieldSpec, { kind: "choice" | "checks" }>;
  id: string;
  value: string;
  problem: string | undefined;
};

function Choices({ spec: { kind, name, label, options }, id, value, problem }: ChoicesProps) {
  const chosen = kind === "checks" ? value.split(" ") : [value];
  const Input = kind === "checks" ? Checkbox : Radio;
  return (
    <ChoiceGroup legend={label} name={id} problem={problem}>
      {options.map((option) => (
        <Input
          key={option.value}
          id={`${id}-${option.value.replaceAll(/\W/g, "-")}`}
          name={name}
          {...option}
          defaultChecked={chosen.includes(option.value)}
        />
      ))}
    </ChoiceGroup>
  );
}

/** The reason for a decision. Decisions that affect others require one. */
export function reasonField(hint?: string): FieldSpec {
  return { kind: "text", name: "reason", label: "Reason", hint, required: true };
}
