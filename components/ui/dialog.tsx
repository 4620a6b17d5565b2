"use client";

import { clsx } from "clsx";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { type ButtonLook, type ButtonSize, buttonClasses } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useIsHydrated } from "@/components/ui/is-hydrated";

type DialogProps = {
  /** The label of the button that opens it: verb and object. */
  trigger: ReactNode;
  look?: ButtonLook;
  size?: ButtonSize;
  title: string;
  /** Opens at once, because a form in it returned with a problem. */
  open?: boolean;
  children: ReactNode;
};

/** A modal dialog. Without scripts the same content unfolds in place. */
export function Dialog({ trigger, look = "quiet", size, title, open = false, children }: DialogProps) {
  const hydrated = useIsHydrated();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (hydrated && open && dialog.current?.open === false) dialog.current.showModal();
  }, [hydrated, open]);
  const button = buttonClasses(look, size);
  if (!hydrated) {
    return (
      <details open={open} className="group/dialog open:w-full">
        <summary className={clsx(button, "group-open/dialog:mb-3")}>{trigger}</summary>
        <section aria-labelledby={titleId} className="rounded-lg border border-line bg-surface p-5">
          <h2 id={titleId} className="mb-4 text-lg font-semibold">
            {title}
          </h2>
          {children}
        </section>
      </details>
    );
  }
  return (
    <>
      <button
        type="button"
        className={button}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        {trigger}
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="m-auto max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] max-w-lg rounded-lg border border-line bg-surface p-5 text-ink shadow-raised backdrop:bg-veil sm:p-6"
      >
        <div className="mb-4 flex items-start justify-between gap-4">
          <h2 id={titleId} className="text-lg font-semibold text-balance">
            {title}
          </h2>
          <button
            type="button"
            aria-label="Close"
            className={clsx(buttonClasses("plain", "small"), "-me-2 -mt-1")}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="x" />
          </button>
        </div>
        {children}
      </dialog>
    </>
  );
}
