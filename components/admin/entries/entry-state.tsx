import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { IconName } from "@/components/ui/icon";
import type { EntryState } from "@/lib/extension/states/entry";

type StateLook = { tone: BadgeTone; icon: IconName; words: string };

/** Every state in the words that people see. */
export const ENTRY_STATES: Record<EntryState, StateLook> = {
  active: { tone: "success", icon: "check-circle", words: "Active" },
  suspended: { tone: "warning", icon: "pause", words: "Suspended" },
  expired: { tone: "warning", icon: "calendar", words: "Expired" },
  revoked: { tone: "danger", icon: "ban", words: "Revoked" },
};

export function EntryStateBadge({ state }: { state: EntryState }) {
  const { tone, icon, words } = ENTRY_STATES[state];
  return (
    <Badge tone={tone} icon={icon}>
      {words}
    </Badge>
  );
}
