import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { IconName } from "@/components/ui/icon";
import type { Visibility } from "@/lib/extension/states/version";
import type { VersionView } from "@/lib/marketplace/versions/version-view";

type StateLook = { tone: BadgeTone; icon: IconName; label: string };

const STATES: Record<Visibility, StateLook> = {
  listed: { tone: "success", icon: "check-circle", label: "Listed" },
  held: { tone: "warning", icon: "pause", label: "Held" },
  unlisted: { tone: "neutral", icon: "minus", label: "Not listed" },
  yanked: { tone: "danger", icon: "x-circle", label: "Yanked" },
  blocked: { tone: "danger", icon: "ban", label: "Blocked" },
};

/** The visibility of a version, and whether its tag moved. */
export function VersionStateBadges({
  version: { visibility, blockLevel, moved },
}: {
  version: Pick<VersionView, "visibility" | "blockLevel" | "moved">;
}) {
  const { tone, icon, label } = STATES[visibility];
  return (
    <span className="flex flex-wrap gap-1.5">
      <Badge tone={tone} icon={icon}>
        {blockLevel === "soft" ? `${label}: warning only` : label}
      </Badge>
      {moved ? (
        <Badge tone="danger" icon="warning">
          Tag moved
        </Badge>
      ) : null}
    </span>
  );
}
