import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { IconName } from "@/components/ui/icon";
import type { EntryState } from "@/lib/extension/states/entry";

type StateLook = { tone: BadgeTone; icon: IconName; label: string };

/** The label of every state. */
export const ENTRY_STATES: Record<EntryState, StateLook> = {
  active: { tone: "success", icon: "check-circle", label: "Active" },
  suspended: { tone: "warning", icon: "pause", label: "Suspended" },
  expired: { tone: "warning", icon: "calendar", label: "Expired" },
  revoked: { tone: "danger", icon: "ban", label: "Revoked" },
};

export function EntryStateBadge({ state }: { state: EntryState }) {
  const { tone, icon, label } = ENTRY_STATES[state];
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}
