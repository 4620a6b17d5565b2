import { clsx } from "clsx";
import type { Compatibility } from "@/components/catalog/compatibility/compatibility";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Icon, type IconName } from "@/components/ui/icon";

const LOOKS: Record<Compatibility["kind"], { icon: IconName; ink: string; tone: BadgeTone }> = {
  works: { icon: "check-circle", ink: "text-success", tone: "success" },
  older: { icon: "check-circle", ink: "text-success", tone: "success" },
  needs: { icon: "desktop", ink: "text-ink-soft", tone: "neutral" },
  never: { icon: "ban", ink: "text-danger", tone: "danger" },
  unknown: { icon: "question", ink: "text-warning", tone: "warning" },
};

type Props = {
  compatibility: Compatibility;
  /** A Docker Desktop is chosen, so a version that it can't run is a warning. */
  judged: boolean;
};

export function CompatibilityLine({ compatibility: { kind, label }, judged }: Props) {
  const { icon, ink } = lookOf(kind, judged);
  return (
    <p className={clsx("flex items-start gap-1.5 text-sm font-medium", ink)}>
      <Icon name={icon} className="mt-0.5 size-4" />
      <span className="min-w-0">{label}</span>
    </p>
  );
}

export function CompatibilityBadge({ compatibility: { kind, label }, judged }: Props) {
  const { icon, tone } = lookOf(kind, judged);
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}

function lookOf(kind: Compatibility["kind"], judged: boolean): (typeof LOOKS)[Compatibility["kind"]] {
  return kind === "needs" && judged ? { icon: "warning", ink: "text-warning", tone: "warning" } : LOOKS[kind];
}
