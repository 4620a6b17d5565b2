import type { Compatibility } from "@/components/catalog/compatibility/compatibility";
import { CompatibilityLine } from "@/components/catalog/compatibility/compatibility-line";
import { Install } from "@/components/catalog/extension/install";
import { Card } from "@/components/ui/card";
import type { VersionDocument } from "@/lib/catalog/documents/documents";

type InstallPanelProps = {
  version: VersionDocument;
  compatibility: Compatibility;
  /** A Docker Desktop is chosen. */
  judged: boolean;
  /** False if the chosen Docker Desktop can't run any version. */
  offered: boolean;
};

/** The install command, folded if the chosen Docker Desktop can't run the version. */
export function InstallPanel({ version, compatibility, judged, offered }: InstallPanelProps) {
  const { repository, tag, digest, moved, missingSince } = version;
  const tagLost = moved !== null || missingSince !== null;
  const install = <Install repository={repository} tag={tag} digest={digest} tagLost={tagLost} />;
  return (
    <Card className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <h2 className="text-lg font-semibold">
          {offered ? `Install version ${version.version}` : "Not compatible with your Docker Desktop"}
        </h2>
        <CompatibilityLine compatibility={compatibility} judged={judged} />
      </div>
      {compatibility.why ? <p className="text-sm text-pretty text-ink-soft">{compatibility.why}</p> : null}
      {offered ? (
        install
      ) : (
        <details>
          <summary className="inline-flex min-h-9 items-center font-medium text-accent">
            Show install command for other machines
          </summary>
          <div className="mt-3">{install}</div>
        </details>
      )}
    </Card>
  );
}
