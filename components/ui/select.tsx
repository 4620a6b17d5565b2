import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { ControlFrame, type ControlProps, controlAttributes, controlClasses } from "@/components/ui/control";

export type Option = { value: string; label: string; disabled?: boolean };

type SelectProps = ControlProps &
  Omit<ComponentProps<"select">, keyof ControlProps> & { options: readonly Option[] };

/** The native select: accessible on every device, also without scripts. */
export function Select({ name, label, id, hint, problem, options, className, ...select }: SelectProps) {
  const control = { name, label, id, hint, problem };
  return (
    <ControlFrame {...control}>
      <select
        {...controlAttributes(control)}
        className={clsx(controlClasses(problem), "pe-8", className)}
        {...select}
      >
        <Options options={options} />
      </select>
    </ControlFrame>
  );
}

export function Options({ options }: { options: readonly Option[] }) {
  return options.map(({ value, label, disabled }) => (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  ));
}
