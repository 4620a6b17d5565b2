import type { ReactNode } from "react";

type TooltipProps = {
  /** Unique on the page. */
  id: string;
  text: string;
  /** A short word or an icon with a label; it takes the keyboard. */
  children: ReactNode;
};

/** A short explanation on hover and on focus. What people need in order to act does not belong here. */
export function Tooltip({ id, text, children }: TooltipProps) {
  return (
    <span className="group relative inline-block">
      <button type="button" aria-describedby={id} className="inline-flex cursor-help items-center rounded-sm">
        {children}
      </button>
      <span
        id={id}
        role="tooltip"
        className="invisible absolute bottom-full left-1/2 z-20 mb-1.5 w-max max-w-60 -translate-x-1/2 rounded-md bg-ink px-2.5 py-1.5 text-sm font-normal text-pretty text-ground group-focus-within:visible group-hover:visible"
      >
        {text}
      </span>
    </span>
  );
}
