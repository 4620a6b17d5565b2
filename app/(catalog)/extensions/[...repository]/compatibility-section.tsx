import { CompatibilityTable } from "@/components/catalog/compatibility/compatibility-table";
import { Section } from "@/components/text/section";
import { compatibilityMatrix } from "@/lib/catalog/compatibility/matrix";
import { groupReleases } from "@/lib/catalog/compatibility/release-groups";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";

type CompatibilitySectionProps = { view: ExtensionView; host: HostChoice | undefined };

/** Renders nothing if no version can be installed; the notices above say why. */
export function CompatibilitySection({ view, host }: CompatibilitySectionProps) {
  if (!view.listed) return null;
  const groups = groupReleases(compatibilityMatrix(view).items);
  return (
    <Section
      id="compatibility"
      title="Compatibility"
      lead="You always get the newest version your Docker Desktop can run."
    >
      <CompatibilityTable groups={groups} own={host && { host, answer: view.offer(host) }} />
    </Section>
  );
}
