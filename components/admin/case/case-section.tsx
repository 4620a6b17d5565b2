import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

type CaseSectionProps = {
  id: string;
  title: string;
  /** False when the content has its own frame. */
  framed?: boolean;
  children: ReactNode;
};

/** A section of the evidence, with its own anchor. */
export function CaseSection({ id, title, framed = true, children }: CaseSectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4">
      <h2 id={`${id}-title`} className="mb-3 text-lg font-semibold">
        {title}
      </h2>
      {framed ? <Card>{children}</Card> : children}
    </section>
  );
}
