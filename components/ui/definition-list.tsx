import type { ReactNode } from "react";

type DefinitionListProps = { items: readonly { term: string; details: ReactNode }[] };

/** Terms beside their details; stacked on small screens. */
export function DefinitionList({ items }: DefinitionListProps) {
  return (
    <dl className="grid gap-x-6 sm:grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] sm:gap-y-2">
      {items.map(({ term, details }) => (
        <div key={term} className="contents">
          <dt className="text-sm text-ink-soft sm:text-base">{term}</dt>
          <dd className="mb-3 min-w-0 break-words sm:mb-0">{details}</dd>
        </div>
      ))}
    </dl>
  );
}
