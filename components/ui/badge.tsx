import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";

export type BadgeTone = "neutral" | "accent" | "info" | "success" | "warning" | "danger";

type BadgeProps = {
  tone?: BadgeTone;
  /** Repeats the tone as a shape, for people who can't tell colors apart. */
  icon?: IconName | undefined;
  children: ReactNode;
  className?: string;
};

const TONES: Record<BadgeTone, string> = {
  neutral: "bg-sunken text-ink-soft",
  accent: "bg-accent-soft text-accent-strong",
  info: "bg-info-soft text-info",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
};

export function Badge({ tone = "neutral", icon, children, className }: BadgeProps) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1 rounded-xl px-2 py-0.5 text-sm font-medium",
        TONES[tone],
        className,
      )}
    >
      {icon ? <Icon name={icon} className="size-4" /> : null}
      <span className="min-w-0">{children}</span>
    </span>
  );
}
