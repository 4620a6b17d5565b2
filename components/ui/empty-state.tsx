import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";

type EmptyStateProps = {
  icon?: IconName;
  /** What is missing. */
  title: string;
  /** Why, and the next step. */
  children?: ReactNode;
  action?: ReactNode;
};

export function EmptyState({ icon = "inbox", title, children, action }: EmptyStateProps) {
  return (
    <div className="rounded-lg border border-dashed border-line-strong px-6 py-12 text-center">
      <Icon name={icon} className="mx-auto size-8 text-ink-soft" />
      <h2 className="mt-3 text-lg font-semibold text-balance">{title}</h2>
      {children ? <div className="mx-auto mt-1 max-w-prose text-pretty text-ink-soft">{children}</div> : null}
      {action ? <div className="mt-5 flex flex-wrap justify-center gap-3">{action}</div> : null}
    </div>
  );
}
