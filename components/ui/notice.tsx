import { clsx } from "clsx";
import type { ReactNode, Ref } from "react";
import { Icon, type IconName } from "@/components/ui/icon";

export type NoticeTone = "info" | "success" | "warning" | "problem";

type NoticeProps = {
  tone?: NoticeTone;
  title: string;
  children?: ReactNode;
  /** Screen readers announce it when it appears. */
  alert?: boolean;
  ref?: Ref<HTMLDivElement>;
};

const TONES: Record<NoticeTone, { box: string; ink: string; icon: IconName }> = {
  info: { box: "border-info bg-info-soft", ink: "text-info", icon: "info" },
  success: { box: "border-success bg-success-soft", ink: "text-success", icon: "check-circle" },
  warning: { box: "border-warning bg-warning-soft", ink: "text-warning", icon: "warning" },
  problem: { box: "border-danger bg-danger-soft", ink: "text-danger", icon: "x-circle" },
};

/** What happened, and what to do about it. */
export function Notice({ tone = "info", title, children, alert = false, ref }: NoticeProps) {
  const { box, ink, icon } = TONES[tone];
  return (
    <div
      ref={ref}
      role={alert ? "alert" : undefined}
      tabIndex={alert ? -1 : undefined}
      className={clsx("flex gap-3 rounded-md border-l-4 px-4 py-3", box)}
    >
      <Icon name={icon} className={clsx("mt-0.5 size-5", ink)} />
      <div className="min-w-0">
        <p className={clsx("font-medium", ink)}>{title}</p>
        {children ? <div className="mt-1 text-sm text-pretty break-words text-ink">{children}</div> : null}
      </div>
    </div>
  );
}
