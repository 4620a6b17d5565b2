"use client";

import { clsx } from "clsx";
import { type ReactNode, useEffect, useRef } from "react";

type MenuProps = {
  trigger: ReactNode;
  triggerClassName: string;
  /** When the trigger's words do not say it. */
  label?: string;
  /** The edge of the trigger that the list keeps to. */
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
};

/** A list that unfolds under its trigger, also without scripts; with them it folds again as people expect. */
export function Menu({ trigger, triggerClassName, label, align = "end", className, children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const fold = (event: Event) => {
      const menu = details.current;
      if (!menu?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        menu.querySelector("summary")?.focus();
      } else if (event.target instanceof Node && menu.contains(event.target)) return;
      menu.open = false;
    };
    const kinds = ["pointerdown", "focusin", "keydown"];
    for (const kind of kinds) document.addEventListener(kind, fold);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, fold);
    };
  }, []);
  return (
    <details ref={details} className="relative">
      <summary aria-label={label} className={triggerClassName}>
        {trigger}
      </summary>
      <div
        className={clsx(
          "absolute z-30 mt-1 min-w-64 rounded-lg border border-line bg-surface p-1.5 shadow-raised",
          align === "end" ? "end-0" : "start-0",
          className,
        )}
      >
        {children}
      </div>
    </details>
  );
}
