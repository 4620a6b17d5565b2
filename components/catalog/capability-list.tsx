import { clsx } from "clsx";
import type { CapabilityLevel, RankedCapability } from "@/components/catalog/capability-levels";
import { Icon, type IconName } from "@/components/ui/icon";

const LOOKS: Record<CapabilityLevel, { icon: IconName; ink: string; words: string }> = {
  high: { icon: "warning", ink: "text-danger", words: "Far-reaching" },
  medium: { icon: "info", ink: "text-warning", words: "Some access" },
  low: { icon: "check", ink: "text-ink-soft", words: "Usual" },
};

/** Worst first; each by colour, icon and words. */
export function CapabilityList({ capabilities }: { capabilities: readonly RankedCapability[] }) {
  if (capabilities.length === 0) {
    return <p className="text-ink-soft">The image declares nothing that it does.</p>;
  }
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {capabilities.map(({ key, level, words, meaning }) => {
        const look = LOOKS[level];
        return (
          <li key={key} className="flex gap-3 px-4 py-3">
            <Icon name={look.icon} className={clsx("mt-0.5 size-5", look.ink)} />
            <div className="min-w-0 flex-1">
              <p className="font-medium break-words">{words}</p>
              <p className="text-sm text-pretty text-ink-soft">{meaning}</p>
            </div>
            <span className={clsx("text-sm font-medium whitespace-nowrap", look.ink)}>{look.words}</span>
          </li>
        );
      })}
    </ul>
  );
}
