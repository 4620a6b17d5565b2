import {
  type CapabilityGroup,
  type CapabilityLevel,
  groupCapabilities,
  type RankedCapability,
  rankCapabilities,
} from "@/components/report/capability-level";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { FoldedRows } from "@/components/ui/fold";
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
  const groups = groupCapabilities(rankCapabilities(capabilities));
  return (
    <div className="divide-y divide-line">
      {groups.length === 0 ? (
        <p className="py-2.5 text-ink-soft">No special access requested.</p>
      ) : (
        <ul className="divide-y divide-line">
          {groups.map((group) => (
            <Group key={group.capabilities[0]?.key} group={group} added={added} />
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

type GroupProps = { group: CapabilityGroup; added: ReadonlySet<string> };

function Group({ group: { level, title, why, capabilities }, added }: GroupProps) {
  const { icon, ink, label, tone } = LEVELS[level];
  const isNew = capabilities.some(({ key }) => added.has(key));
  return (
    <li className="flex gap-3 py-2.5">
      <Icon name={icon} className={`mt-0.5 size-5 ${ink}`} />
      <div className="min-w-0 flex-1 gap-x-3 sm:flex">
        <div className="min-w-0 flex-1">
          <p className="font-medium break-words">{sentenceStart(title)}</p>
          <p className="text-sm text-pretty text-ink-soft">{why}</p>
          {capabilities.length > 1 ? <Members capabilities={capabilities} added={added} /> : null}
        </div>
        <div className="mt-1 flex shrink-0 flex-wrap gap-1 sm:mt-0 sm:flex-col sm:items-end">
          <Badge tone={tone}>{label}</Badge>
          {isNew ? <NewBadge /> : null}
        </div>
      </div>
    </li>
  );
}

type MembersProps = { capabilities: readonly RankedCapability[]; added: ReadonlySet<string> };

/** New ones first, so that they are never folded behind known ones. */
function Members({ capabilities, added }: MembersProps) {
  const sorted = [...capabilities].sort((a, b) => Number(added.has(b.key)) - Number(added.has(a.key)));
  return (
    <div className="mt-1.5 space-y-1 text-sm">
      <FoldedRows rows={sorted} more={(count) => `Show ${count} more`}>
        {(rows) => (
          <ul className="list-disc space-y-0.5 ps-5 marker:text-ink-soft">
            {rows.map(({ key, words }) => (
              <li key={key} className="break-words">
                {sentenceStart(words)} {added.has(key) ? <NewBadge /> : null}
              </li>
            ))}
          </ul>
        )}
      </FoldedRows>
    </div>
  );
}

function NewBadge() {
  return (
    <Badge tone="accent" icon="plus">
      New
    </Badge>
  );
}

function sentenceStart(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
