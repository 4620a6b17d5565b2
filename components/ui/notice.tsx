import { clsx } from "clsx";
import type { ReactNode, Ref } from "react";

type Tone = "info" | "warning" | "problem";

type NoticeProps = {
  tone?: Tone;
  title: string;
  children?: ReactNode;
  /** Announced by screen readers as soon as it appears. */
  alert?: boolean;
  ref?: Ref<HTMLDivElement>;
};

const TONES: Record<Tone, string> = {
  info: "border-accent bg-accent-soft",
  warning: "border-warning bg-warning-soft",
  problem: "border-danger bg-danger-soft",
};

const TITLES: Record<Tone, string> = { info: "text-ink", warning: "text-warning", problem: "text-danger" };

/** What happened, and below it what to do. */
export function Notice({ tone = "info", title, children, alert = false, ref }: NoticeProps) {
  return (
    <div
      ref={ref}
      role={alert ? "alert" : undefined}
      tabIndex={alert ? -1 : undefined}
      className={clsx("rounded-md border-l-4 px-4 py-3", TONES[tone])}
    >
      <p className={clsx("font-medium", TITLES[tone])}>{title}</p>
      {children ? <div className="mt-1 text-sm text-pretty text-ink">{children}</div> : null}
    </div>
  );
}
