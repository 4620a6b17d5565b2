import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

type CaseSectionProps = {
  id: string;
  title: string;
  /** False when what is in it has a frame of its own. */
  framed?: boolean;
  children: ReactNode;
};

/** One part of the evidence, at an address of its own. */
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
