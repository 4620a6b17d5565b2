import type { ChosenHost } from "@/app/(catalog)/catalog-request";
import { CompatibilitySection } from "@/app/(catalog)/extensions/[...repository]/compatibility-section";
import { InstallPanel } from "@/app/(catalog)/extensions/[...repository]/install-panel";
import { ListingRail } from "@/app/(catalog)/extensions/[...repository]/listing-rail";
import { versionRows } from "@/app/(catalog)/extensions/[...repository]/version-rows";
import {
  compatibilityOfLatest,
  compatibilityOfOffer,
  hostLabel,
} from "@/components/catalog/compatibility/compatibility";
import { ExtensionHeader } from "@/components/catalog/extension/extension-header";
import { FactsStrip } from "@/components/catalog/extension/facts-strip";
import { PublisherHtml } from "@/components/catalog/extension/publisher-html";
import { ScreenshotStrip } from "@/components/catalog/extension/screenshot-strip";
import { ExtensionNotices } from "@/components/catalog/extension/state-notice";
import { type VersionRow, VersionTable } from "@/components/catalog/extension/version-table";
import { CapabilityList } from "@/components/report/capability-list";
import { SupplyChainList } from "@/components/report/supply-chain-list";
import { Section } from "@/components/text/section";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { ExtensionDocument, VersionDocument } from "@/lib/catalog/documents/documents";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";

type ExtensionOverviewProps = { view: ExtensionView; chosen: ChosenHost };

export function ExtensionOverview({ view, chosen }: ExtensionOverviewProps) {
  const { host, carried } = chosen;
  const extension = view.document.value();
  const answer = host === undefined ? undefined : view.offer(host);
  const shown = extension.latest ?? extension.latestPrerelease;
  const tag = answer?.offer?.tag ?? shown?.tag;
  const version = tag === undefined ? undefined : view.version(tag)?.value();
  const rows = versionRows(view, host);
  return (
    <main id="content" className="mx-auto w-full max-w-6xl space-y-8 px-4 py-8">
      <ExtensionHeader extension={extension} />
      <ExtensionNotices extension={extension} carried={carried} />
      {version && shown ? (
        <>
          <InstallPanel
            version={version}
            compatibility={
              answer && host
                ? compatibilityOfOffer(answer, host)
                : compatibilityOfLatest(shown, extension.versions)
            }
            judged={host !== undefined}
            offered={answer === undefined || answer.offer !== null}
          />
          <FactsStrip version={version} />
        </>
      ) : null}
      {shown === null && rows.length > 0 && extension.entry.state === "active" ? (
        <Notice tone="warning" title="No version is available to install">
          The version table shows the reasons.
        </Notice>
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_17rem] lg:gap-12">
        <div className="min-w-0 space-y-10">
          <Descriptions extension={extension} />
          <Versions repository={view.repository} rows={rows} chosen={chosen} />
          <CompatibilitySection view={view} host={host} />
          {version ? <Evidence version={version} /> : null}
        </div>
        <ListingRail extension={extension} repository={view.repository} />
      </div>
    </main>
  );
}

function Descriptions({ extension }: { extension: ExtensionDocument }) {
  const { screenshots, detailedDescription } = extension;
  return (
    <>
      {screenshots.length > 0 ? (
        <Section id="screenshots" title="Screenshots">
          <ScreenshotStrip screenshots={screenshots} />
        </Section>
      ) : null}
      {detailedDescription ? (
        <Section id="description" title="Description">
          <PublisherHtml html={detailedDescription} />
        </Section>
      ) : null}
    </>
  );
}

type VersionsProps = { repository: string; rows: readonly VersionRow[]; chosen: ChosenHost };

function Versions({ repository, rows, chosen: { host, carried } }: VersionsProps) {
  if (rows.length === 0) return null;
  return (
    <Section
      id="versions"
      title="Versions"
      lead={host ? `Compatibility shown for Docker Desktop ${hostLabel(host)}.` : undefined}
    >
      <VersionTable repository={repository} rows={rows} judged={host !== undefined} carried={carried} />
    </Section>
  );
}

function Evidence({ version: { capabilities, supplyChain } }: { version: VersionDocument }) {
  return (
    <>
      <Section
        id="capabilities"
        title="Capabilities"
        lead="What this extension can access, riskiest first. Based on what the image declares. Extensions run with your user’s permissions, so treat this as guidance, not a guarantee."
      >
        <Card padding="list">
          <CapabilityList capabilities={capabilities} />
        </Card>
      </Section>
      <Section id="supply-chain" title="Build and signatures">
        <SupplyChainList supplyChain={supplyChain} />
      </Section>
    </>
  );
}
