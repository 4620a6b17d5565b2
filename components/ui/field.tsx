import { clsx } from "clsx";
import type { ComponentProps } from "react";

type FieldProps = Omit<ComponentProps<"input">, "id" | "name"> & {
  name: string;
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
};

/** One labelled line of a form; the hint and the problem are read out with it. */
export function Field({ name, label, hint, problem, className, ...input }: FieldProps) {
  const hintId = hint ? `${name}-hint` : undefined;
  const problemId = problem ? `${name}-problem` : undefined;
  return (
    <div>
      <label htmlFor={name} className="block font-medium">
        {label}
      </label>
      {hint ? (
        <p id={hintId} className="text-sm text-pretty text-ink-soft">
          {hint}
        </p>
      ) : null}
      <input
        id={name}
        name={name}
        aria-invalid={problem ? true : undefined}
        aria-describedby={clsx(problemId, hintId) || undefined}
        className={clsx(
          "mt-1.5 block min-h-11 w-full rounded-md border bg-surface px-3 py-2 text-base text-ink placeholder:text-ink-soft",
          "read-only:bg-sunken read-only:text-ink-soft",
          problem ? "border-danger" : "border-line-strong",
          className,
        )}
        {...input}
      />
      {problem ? (
        <p id={problemId} className="mt-1.5 text-sm font-medium text-pretty text-danger">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
