import { clsx } from "clsx";
import { ICON_PATHS } from "@/components/ui/icon-paths";

export type IconName = keyof typeof ICON_PATHS;

type IconProps = {
  name: IconName;
  /** Its text alternative; without one it is decorative. */
  label?: string;
  /** Size and color; 20 px and the text color by default. */
  className?: string | undefined;
};

export function Icon({ name, label, className }: IconProps) {
  return (
    <svg
      viewBox="0 0 20 20"
      className={clsx("shrink-0 fill-none stroke-current", className ?? "size-5")}
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={ICON_PATHS[name]} />
    </svg>
  );
}
