import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";

type PageProps = {
  title: string;
  /** One sentence below the title. */
  lead?: ReactNode;
  /** `narrow` for a single form, `text` for reading, `fill` inside a layout with columns. */
  width?: "narrow" | "text" | "wide" | "fill";
  /** The page above this one. */
  back?: { href: string; label: string } | undefined;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children?: ReactNode;
};

const WIDTHS = {
  narrow: "max-w-md px-4 py-10 sm:py-14",
  text: "max-w-3xl px-4 py-8 sm:py-10",
  wide: "max-w-6xl px-4 py-8 sm:py-10",
  fill: "min-w-0",
};

export function Page({ title, lead, width = "wide", back, actions, children }: PageProps) {
  return (
    <main id="content" className={clsx("mx-auto w-full", WIDTHS[width])}>
      {back ? (
        <Link
          plain
          href={back.href}
          className="-ms-1 mb-2 inline-flex min-h-9 items-center gap-1 text-ink-soft hover:text-ink"
        >
          <Icon name="chevron-left" className="size-4" />
          {back.label}
        </Link>
      ) : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 text-2xl font-semibold tracking-tight text-balance break-words sm:text-3xl">
          <bdi>{title}</bdi>
        </h1>
        {actions ? <div className="flex flex-wrap gap-3">{actions}</div> : null}
      </div>
      {lead ? <div className="mt-2 max-w-2xl text-pretty text-ink-soft">{lead}</div> : null}
      {children ? <div className="mt-6 space-y-6">{children}</div> : null}
    </main>
  );
}
