import { clsx } from "clsx";
import type { ComponentProps } from "react";

export type ButtonLook = "primary" | "quiet" | "danger" | "plain";
export type ButtonSize = "small" | "normal";

type ButtonProps = ComponentProps<"button"> & {
  look?: ButtonLook | undefined;
  size?: ButtonSize | undefined;
};

const SHAPE =
  "inline-flex items-center justify-center gap-2 rounded-md text-center font-medium transition-colors disabled:cursor-default disabled:opacity-60";

const SIZES: Record<ButtonSize, string> = {
  small: "min-h-9 px-3 py-1 text-sm",
  normal: "min-h-11 px-4 py-2",
};

const LOOKS: Record<ButtonLook, string> = {
  primary: "bg-accent text-on-accent not-disabled:hover:bg-accent-strong",
  quiet: "border border-line-strong bg-surface text-ink not-disabled:hover:bg-sunken",
  danger: "border border-danger bg-surface text-danger not-disabled:hover:bg-danger-soft",
  plain: "text-ink-soft not-disabled:hover:bg-sunken not-disabled:hover:text-ink",
};

/** The label is a verb and an object. */
export function Button({ look, size, className, type = "button", ...props }: ButtonProps) {
  return <button type={type} className={clsx(buttonClasses(look, size), className)} {...props} />;
}

/** For links and summaries that look like buttons. */
export function buttonClasses(look: ButtonLook = "primary", size: ButtonSize = "normal"): string {
  return clsx(SHAPE, SIZES[size], LOOKS[look]);
}
