import type { ReactNode } from "react";
import { capabilitySummary, rankCapabilities } from "@/components/report/capability-level";
import { byteSize } from "@/components/text/byte-size";
import { Icon, type IconName } from "@/components/ui/icon";
import type { PlatformDocument, VersionDocument } from "@/lib/catalog/documents/documents";
import { spokenRelease } from "@/lib/extension/desktop/desktop-release";

/** Five facts about a version; each unfolds its explanation. */
export function FactsStrip({ version }: { version: VersionDocument }) {
  const { platforms, requirement, attestations } = version;
  const ranked = rankCapabilities(version.capabilities);
  const sizes = platforms.map(({ size }) => size);
  return (
    <div className="grid grid-cols-2 items-start gap-2 lg:grid-cols-3 xl:grid-cols-5">
      <Fact
        icon="layers"
        term="Platforms"
        value={platforms.map(({ architecture }) => architecture).join(", ")}
      >
        <ul className="space-y-1">
          {platforms.map((platform) => (
            <li key={platform.digest}>{platformText(platform)}</li>
          ))}
        </ul>
      </Fact>
      <Fact
        icon="download"
        term="Download"
        value={sizes.length === 0 ? "Unknown" : byteSize(Math.max(...sizes))}
      >
        Compressed size of the largest platform. Layers you already have aren’t downloaded again.
      </Fact>
      <Fact icon="plug" term="Extension API" value={requirement.range ?? "Unreadable"}>
        <RequirementReasons {...requirement} />
      </Fact>
      <Fact icon="shield" term="Capabilities" value={capabilitySummary(ranked)}>
        <a href="#capabilities" className="text-accent underline">
          {ranked.length === 1 ? "Show details" : `Show all ${ranked.length}`}
        </a>
      </Fact>
      <Fact icon="badge-check" term="Provenance" value={provenanceOf(attestations)}>
        {attestations.provenance || attestations.sbom
          ? "The image has build attestations. Gantry doesn’t verify them."
          : "The image has no build attestations."}
      </Fact>
    </div>
  );
}

function RequirementReasons({
  raw,
  readings,
  reading,
  minimumDesktop,
  message,
}: VersionDocument["requirement"]) {
  if (readings === null) return message;
  const { here, elsewhere } = BARE_READINGS[reading];
  return (
    <>
      {minimumDesktop
        ? `${spokenRelease(minimumDesktop)} is the oldest known release that supports it.`
        : "No known Docker Desktop version supports it."}{" "}
      Label: <code className="font-mono break-all">{raw ?? "none"}</code>.
      {readings.minimum === readings.exact
        ? null
        : ` It doesn’t say “or later”. Gantry reads it as ${here(raw)}; other tools may read it as ${elsewhere(raw)}.`}
    </>
  );
}

const orLater = (raw: string | null) => `${raw} or later`;
const exactly = (raw: string | null) => `exactly ${raw}`;

/** How a requirement without an operator is read by this instance's policy, and by other tools. */
const BARE_READINGS = {
  minimum: { here: orLater, elsewhere: exactly },
  exact: { here: exactly, elsewhere: orLater },
};

type FactProps = { icon: IconName; term: string; value: string; children: ReactNode };

function Fact({ icon, term, value, children }: FactProps) {
  return (
    <details className="group min-w-0 rounded-lg border max-lg:last:col-span-2 max-lg:open:col-span-2 border-line bg-surface">
      <summary className="flex items-center gap-2.5 rounded-lg px-3 py-2 hover:bg-sunken">
        <Icon name={icon} className="size-5 text-ink-soft max-sm:hidden" />
        <span className="min-w-0 flex-1">
          <span className="block text-sm text-ink-soft">{term}</span>
          <span className="block font-medium wrap-anywhere">{value}</span>
        </span>
        <Icon name="chevron-down" className="size-4 text-ink-soft group-open:rotate-180" />
      </summary>
      <div className="px-3 pt-1 pb-3 text-sm text-pretty break-words">{children}</div>
    </details>
  );
}

function platformText({ os, architecture, variant, size }: PlatformDocument): string {
  return `${[os, architecture, variant].filter(Boolean).join("/")}: ${byteSize(size)}`;
}

/** Short, because the column is a fifth of the page wide. */
function provenanceOf({ provenance, sbom }: VersionDocument["attestations"]): string {
  if (provenance) return sbom ? "With SBOM" : "Present";
  return sbom ? "SBOM only" : "None";
}
