import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";

/** Longer lists of one kind are folded after this many rows. */
const FOLDED_AFTER = 20;

type FoldProps = {
  title: ReactNode;
  open?: boolean;
  className?: string;
  children: ReactNode;
};

/**
 * Content that unfolds, also without JavaScript. Browsers open it for a link to an element inside it and for a search in
 * the page; printed pages show it.
 */
export function Fold({ title, open = false, className, children }: FoldProps) {
  return (
    <details open={open} className={className}>
      <summary className="inline-flex min-h-9 items-center gap-1.5 rounded-sm font-medium text-accent hover:text-accent-strong">
        <Icon name="chevron-right" className="size-4 [details[open]>summary_&]:rotate-90" />
        {title}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}

type FoldedRowsProps<Row> = {
  rows: readonly Row[];
  /** The summary of the folded rows: `Show 280 more files`. */
  more: (count: number) => ReactNode;
  shown?: number;
  /** Renders some of the rows: first those that are always shown, then the folded ones. */
  children: (rows: readonly Row[], isFolded: boolean) => ReactNode;
};

/** The first rows, and the others folded. A single further row is shown, because it is as high as the fold. */
export function FoldedRows<Row>({ rows, more, shown = FOLDED_AFTER, children }: FoldedRowsProps<Row>) {
  if (rows.length <= shown + 1) return children(rows, false);
  const folded = rows.slice(shown);
  return (
    <>
      {children(rows.slice(0, shown), false)}
      <Fold title={more(folded.length)}>{children(folded, true)}</Fold>
    </>
  );
}
