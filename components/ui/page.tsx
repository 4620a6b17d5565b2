import { clsx } from "clsx";
import type { ReactNode } from "react";

type PageProps = {
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  /** `narrow` for a single form. */
  width?: "narrow" | "wide";
  children?: ReactNode;
};

export function Page({ title, lead, width = "wide", children }: PageProps) {
  return (
    <main
      id="content"
      className={clsx("mx-auto w-full px-4 py-10 sm:py-14", width === "narrow" ? "max-w-md" : "max-w-5xl")}
    >
      <h1 className="text-2xl font-semibold tracking-tight text-balance sm:text-3xl">{title}</h1>
      {lead ? <p className="mt-2 max-w-2xl text-pretty text-ink-soft">{lead}</p> : null}
      {children ? <div className="mt-6 space-y-6">{children}</div> : null}
    </main>
  );
}
