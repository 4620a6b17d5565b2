import { clsx } from "clsx";
import type { ReactNode } from "react";

/** The props of every labeled form control. */
export type ControlProps = {
  name: string;
  label: string;
  /** Required when a page has several fields with the same name. */
  id?: string | undefined;
  hint?: string | undefined;
  problem?: string | undefined;
};

/** The attributes that connect a control to its label, hint and problem. */
export function controlAttributes({ name, id = name, hint, problem }: ControlProps) {
  return {
    id,
    name,
    "aria-invalid": problem ? true : undefined,
    "aria-describedby": clsx(problem && `${id}-problem`, hint && `${id}-hint`) || undefined,
  };
}

export function controlClasses(problem: string | undefined): string {
  return clsx(
    "mt-1.5 block min-h-11 w-full rounded-md border bg-surface px-3 py-2 text-base text-ink",
    "disabled:bg-sunken disabled:text-ink-soft",
    problem ? "border-danger" : "border-line-strong",
  );
}

/** For inputs and text areas only: CSS treats every select as read-only. */
export const READ_ONLY = "read-only:bg-sunken read-only:text-ink-soft";

/** The label and hint above a control and its problem below; screen readers read all three. */
export function ControlFrame({
  name,
  id = name,
  label,
  hint,
  problem,
  children,
}: ControlProps & { children: ReactNode }) {
  return (
    <div>
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      <Hint id={id} hint={hint} />
      {children}
      <Problem id={id} problem={problem} />
    </div>
  );
}

export function Hint({ id, hint }: { id: string; hint: string | undefined }) {
  if (!hint) return null;
  return (
    <p id={`${id}-hint`} className="text-sm text-pretty text-ink-soft">
      {hint}
    </p>
  );
}

export function Problem({ id, problem }: { id: string; problem: string | undefined }) {
  if (!problem) return null;
  return (
    <p id={`${id}-problem`} className="mt-1.5 text-sm font-medium text-pretty text-danger">
      {problem}
    </p>
  );
}
