import type { ReactNode } from "react";
import { ForeignText } from "@/components/text/foreign-text";

/** Added text: underlined, green, and announced by screen readers. */
export function Added({ children }: { children: ReactNode }) {
  return (
    <ins className="rounded-sm bg-success-soft px-0.5 text-success underline decoration-1 underline-offset-2">
      <span className="sr-only">Added: </span>
      {children}
    </ins>
  );
}

/** Removed text: struck through, red, and announced by screen readers. */
export function Removed({ children }: { children: ReactNode }) {
  return (
    <del className="rounded-sm bg-danger-soft px-0.5 text-danger">
      <span className="sr-only">Removed: </span>
      {children}
    </del>
  );
}

/** A change from one value to another; null means none. */
export function Changed({ before, after }: { before: string | null; after: string | null }) {
  return (
    <>
      {before === null ? null : (
        <Removed>
          <ForeignText text={before === "" ? "empty" : before} />
        </Removed>
      )}
      {before !== null && after !== null ? " → " : null}
      {after === null ? null : (
        <Added>
          <ForeignText text={after === "" ? "empty" : after} />
        </Added>
      )}
    </>
  );
}
