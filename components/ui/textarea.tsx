import { clsx } from "clsx";
import type { ComponentProps } from "react";
import {
  ControlFrame,
  type ControlProps,
  controlAttributes,
  controlClasses,
  READ_ONLY,
} from "@/components/ui/control";

type TextareaProps = ControlProps & Omit<ComponentProps<"textarea">, keyof ControlProps>;

/** A labeled text area. */
export function Textarea({
  name,
  label,
  id,
  hint,
  problem,
  className,
  rows = 4,
  ...textarea
}: TextareaProps) {
  const control = { name, label, id, hint, problem };
  return (
    <ControlFrame {...control}>
      <textarea
        {...controlAttributes(control)}
        rows={rows}
        className={clsx(controlClasses(problem), READ_ONLY, "field-sizing-content", className)}
        {...textarea}
      />
    </ControlFrame>
  );
}
