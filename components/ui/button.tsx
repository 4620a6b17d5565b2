import { clsx } from "clsx";
import type { ComponentProps } from "react";

type ButtonProps = ComponentProps<"button"> & { look?: "primary" | "quiet" };

const SHAPE =
  "inline-flex min-h-11 items-center justify-center rounded-md px-4 py-2 font-medium disabled:cursor-default disabled:opacity-60";
const LOOKS = {
  primary: "bg-accent text-on-accent enabled:hover:bg-accent-strong",
  quiet: "border border-line-strong bg-surface text-ink enabled:hover:bg-sunken",
};

export function Button({ look = "primary", className, type = "button", ...props }: ButtonProps) {
  return <button type={type} className={clsx(SHAPE, LOOKS[look], className)} {...props} />;
}

/** For a link that is the one thing to do next. */
export function buttonClasses(look: keyof typeof LOOKS = "primary"): string {
  const hover = look === "primary" ? "hover:bg-accent-strong" : "hover:bg-sunken";
  return clsx(SHAPE, LOOKS[look], hover);
}
