import {
  type CapabilityLevel,
  type RankedCapability,
  rankCapabilities,
} from "@/components/report/capability-level";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Icon, type IconName } from "@/components/ui/icon";
import type { Capabilities } from "@/lib/extension/capabilities/capabilities";

type CapabilityListProps = {
  capabilities: Capabilities;
  /** Keys of the capabilities that are new. */
  added?: ReadonlySet<string>;
};

const LEVELS: Record<CapabilityLevel, { icon: IconName; ink: string; label: string; tone: BadgeTone }> = {
  high: { icon: "warning", ink: "text-danger", label: "High access", tone: "danger" },
  medium: { icon: "info", ink: "text-warning", label: "Notable", tone: "warning" },
  low: { icon: "check", ink: "text-success", label: "Standard", tone: "neutral" },
};

/** What an extension can access, most sensitive first. Levels have a color, an icon and a label. */
export function CapabilityList({ capabilities, added = new Set() }: CapabilityListProps) {
  const ranked = rankCapabilities(capabilities);
  return (
    <div className="divide-y divide-line">
      {ranked.length === 0 ? (
        <p className="py-2.5 text-ink-soft">No special access requested.</p>
      ) : (
        <ul className="divide-y divide-line">
          {ranked.map((capability) => (
            <Item key={capability.key} capability={capability} isNew={added.has(capability.key)} />
          ))}
        </ul>
      )}
      <p className="py-2.5 text-sm text-pretty text-ink-soft">{DOCKER_COMMANDS}</p>
    </div>
  );
}

/** The limit of what capabilities can tell. */
const DOCKER_COMMANDS =
  "Besides the access listed here, an extension’s user interface can run Docker commands with your permissions. An approval covers the image, not its author.";

function Item({ capability, isNew }: { capability: RankedCapability; isNew: boolean }) {
  const { icon, ink, label, tone } = LEVELS[capability.level];
  return (
    <li className="flex gap-3 py-2.5">
      <Icon name={icon} className={`mt-0.5 size-5 ${ink}`} />
      <div className="min-w-0 flex-1 gap-x-3 sm:flex">
        <div className="min-w-0 flex-1">
          <p className="font-medium break-words">{sentenceStart(capability.words)}</p>
          <p className="text-sm text-pretty text-ink-soft">{capability.why}</p>
        </div>
        <div className="mt-1 flex shrink-0 flex-wrap gap-1 sm:mt-0 sm:flex-col sm:items-end">
          <Badge tone={tone}>{label}</Badge>
          {isNew ? (
            <Badge tone="accent" icon="plus">
              New
            </Badge>
          ) : null}
        </div>
      </div>
    </li>
  );
}

function sentenceStart(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
