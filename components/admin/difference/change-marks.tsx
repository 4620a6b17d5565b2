import type { ReactNode } from "react";
import { ForeignText } from "@/components/text/foreign-text";

/** New text: underlined, on green, and said to those who see neither. */
export function Added({ children }: { children: ReactNode }) {
  return (
    <ins className="rounded-sm bg-success-soft px-0.5 text-success underline decoration-1 underline-offset-2">
      <span className="sr-only">Added: </span>
      {children}
    </ins>
  );
}

/** Text that is gone: struck through, on red, and said to those who see neither. */
export function Removed({ children }: { children: ReactNode }) {
  return (
    <del className="rounded-sm bg-danger-soft px-0.5 text-danger">
      <span className="sr-only">Removed: </span>
      {children}
    </del>
  );
}

/** From one value to another; null = there was or is none. */
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
