import { clsx } from "clsx";
import type { ComponentProps } from "react";
import {
  ControlFrame,
  type ControlProps,
  controlAttributes,
  controlClasses,
  READ_ONLY,
} from "@/components/ui/control";

type FieldProps = ControlProps & Omit<ComponentProps<"input">, keyof ControlProps>;

/** A labeled single-line input. */
export function Field({ name, label, id, hint, problem, className, ...input }: FieldProps) {
  const control = { name, label, id, hint, problem };
  return (
    <ControlFrame {...control}>
      <input
        {...controlAttributes(control)}
        className={clsx(controlClasses(problem), READ_ONLY, className)}
        {...input}
      />
    </ControlFrame>
  );
}
