"use client";

import { clsx } from "clsx";
import { type ReactNode, useEffect, useRef } from "react";

type MenuProps = {
  trigger: ReactNode;
  triggerClassName: string;
  /** Required when the trigger has no descriptive text. */
  label?: string;
  /** The edge of the trigger that the menu aligns with. */
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
};

/** A menu below its trigger, also without scripts. With scripts it closes on Escape and on clicks outside. */
export function Menu({ trigger, triggerClassName, label, align = "end", className, children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = details.current;
      if (!menu?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        menu.querySelector("summary")?.focus();
      } else if (event.target instanceof Node && menu.contains(event.target)) return;
      menu.open = false;
    };
    const kinds = ["pointerdown", "focusin", "keydown"];
    for (const kind of kinds) document.addEventListener(kind, close);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, close);
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
