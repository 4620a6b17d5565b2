import type { ReactNode } from "react";

type SectionProps = { id: string; title: string; lead?: ReactNode; children: ReactNode };

/** A section of a long page, with its own anchor. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="scroll-mt-4">
      <h2 id={id} className="text-xl font-semibold tracking-tight">
        {title}
      </h2>
      {lead ? <div className="mt-1 text-pretty text-ink-soft">{lead}</div> : null}
      <div className="mt-4">{children}</div>
    </section>
  );
}
