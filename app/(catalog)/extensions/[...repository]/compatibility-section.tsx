import { CompatibilityTable } from "@/components/catalog/compatibility/compatibility-table";
import { Section } from "@/components/text/section";
import { compatibilityMatrix } from "@/lib/catalog/compatibility/matrix";
import { groupReleases } from "@/lib/catalog/compatibility/release-groups";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";

type CompatibilitySectionProps = { view: ExtensionView; host: HostChoice | undefined };

/** Nothing where no version may be installed, since the notices above say why. */
export function CompatibilitySection({ view, host }: CompatibilitySectionProps) {
  if (!view.listed) return null;
  const groups = groupReleases(compatibilityMatrix(view).items);
  return (
    <Section
      id="compatibility"
      title="Compatibility"
      lead="Each Docker Desktop release is offered the newest version that it can run, which need not be the newest one."
    >
      <CompatibilityTable groups={groups} own={host && { host, answer: view.offer(host) }} />
    </Section>
  );
}
