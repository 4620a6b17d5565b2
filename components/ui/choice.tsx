import type { ComponentProps, ReactNode } from "react";
import { Hint, Problem } from "@/components/ui/control";

type ChoiceProps = Omit<ComponentProps<"input">, "id" | "name" | "type"> & {
  name: string;
  label: string;
  id?: string | undefined;
  hint?: string | undefined;
  problem?: string | undefined;
};

export function Checkbox(props: ChoiceProps) {
  return <Choice type="checkbox" {...props} />;
}

/** One of several choices; each needs a `value`. */
export function Radio({ id, ...props }: ChoiceProps) {
  return <Choice type="radio" id={id ?? `${props.name}-${props.value}`} {...props} />;
}

type ChoiceGroupProps = {
  /** The question. */
  legend: string;
  name: string;
  problem?: string | undefined;
  children: ReactNode;
};

/** Radios or checkboxes that answer one question. */
export function ChoiceGroup({ legend, name, problem, children }: ChoiceGroupProps) {
  return (
    <fieldset aria-describedby={problem ? `${name}-problem` : undefined}>
      <legend className="font-medium">{legend}</legend>
      <div className="mt-1">{children}</div>
      <Problem id={name} problem={problem} />
    </fieldset>
  );
}

function Choice({
  type,
  name,
  label,
  id = name,
  hint,
  problem,
  ...input
}: ChoiceProps & { type: "checkbox" | "radio" }) {
  return (
    <div className="py-1.5">
      <div className="flex items-start gap-3">
        <input
          id={id}
          name={name}
          type={type}
          aria-invalid={problem ? true : undefined}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="mt-0.5 size-5 shrink-0 accent-accent"
          {...input}
        />
        <div className="min-w-0">
          <label htmlFor={id} className="block">
            {label}
          </label>
          <Hint id={id} hint={hint} />
          <Problem id={id} problem={problem} />
        </div>
      </div>
    </div>
  );
}
