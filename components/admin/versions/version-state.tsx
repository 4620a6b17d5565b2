import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { IconName } from "@/components/ui/icon";
import type { Visibility } from "@/lib/extension/states/version";
import type { VersionView } from "@/lib/marketplace/versions/version-view";

type StateLook = { tone: BadgeTone; icon: IconName; words: string };

const STATES: Record<Visibility, StateLook> = {
  listed: { tone: "success", icon: "check-circle", words: "Listed" },
  held: { tone: "warning", icon: "pause", words: "Held" },
  unlisted: { tone: "neutral", icon: "minus", words: "Not listed" },
  yanked: { tone: "danger", icon: "x-circle", words: "Yanked" },
  blocked: { tone: "danger", icon: "ban", words: "Blocked" },
};

/** What is visible of a version, and whether its tag moved: two chips, because they are two questions. */
export function VersionStateBadges({
  version: { visibility, blockLevel, moved },
}: {
  version: Pick<VersionView, "visibility" | "blockLevel" | "moved">;
}) {
  const { tone, icon, words } = STATES[visibility];
  return (
    <span className="flex flex-wrap gap-1.5">
      <Badge tone={tone} icon={icon}>
        {blockLevel === "soft" ? `${words}: warning only` : words}
      </Badge>
      {moved ? (
        <Badge tone="danger" icon="warning">
          Tag moved
        </Badge>
      ) : null}
    </span>
  );
}
