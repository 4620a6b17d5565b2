import type { ChosenHost } from "@/app/(catalog)/catalog-request";
import { CompatibilitySection } from "@/app/(catalog)/extensions/[...repository]/compatibility-section";
import { InstallPanel } from "@/app/(catalog)/extensions/[...repository]/install-panel";
import { versionRows } from "@/app/(catalog)/extensions/[...repository]/version-rows";
import { extensionHref } from "@/components/catalog/catalog-address";
import {
  compatibilityOfOffer,
  compatibilityOfVersion,
  hostLabel,
} from "@/components/catalog/compatibility/compatibility";
import { BadgeSnippets } from "@/components/catalog/extension/badge-snippets";
import { ExtensionHeader } from "@/components/catalog/extension/extension-header";
import { FactsStrip } from "@/components/catalog/extension/facts-strip";
import { LinkList } from "@/components/catalog/extension/link-list";
import { PublisherHtml } from "@/components/catalog/extension/publisher-html";
import { ScreenshotStrip } from "@/components/catalog/extension/screenshot-strip";
import { ExtensionNotices } from "@/components/catalog/extension/state-notice";
import { VersionTable } from "@/components/catalog/extension/version-table";
import { CapabilityList } from "@/components/report/capability-list";
import { SupplyChainList } from "@/components/report/supply-chain-list";
import { Section } from "@/components/text/section";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Time } from "@/components/ui/time";
import type { ExtensionDocument } from "@/lib/catalog/documents/documents";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import { instanceUrl } from "@/lib/platform/instance-url";

type ExtensionOverviewProps = { view: ExtensionView; chosen: ChosenHost };

export function ExtensionOverview({ view, chosen: { host, carried } }: ExtensionOverviewProps) {
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
              answer && host ? compatibilityOfOffer(answer, host) : compatibilityOfVersion(shown)
            }
            judged={host !== undefined}
            offered={answer === undefined || answer.offer !== null}
          />
          <FactsStrip version={version} />
        </>
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_17rem] lg:gap-12">
        <div className="min-w-0 space-y-10">
          {extension.screenshots.length > 0 ? (
            <Section id="screenshots" title="Screenshots">
              <ScreenshotStrip screenshots={extension.screenshots} />
            </Section>
          ) : null}
          {extension.detailedDescription ? (
            <Section id="description" title="Description">
              <PublisherHtml html={extension.detailedDescription} />
            </Section>
          ) : null}
          {rows.length > 0 ? (
            <Section
              id="versions"
              title="Versions"
              lead={host ? `Judged for Docker Desktop ${hostLabel(host)}.` : undefined}
            >
              <VersionTable
                repository={view.repository}
                rows={rows}
                judged={host !== undefined}
                carried={carried}
              />
            </Section>
          ) : null}
          <CompatibilitySection view={view} host={host} />
          {version ? (
            <Section
              id="capabilities"
              title="Capabilities"
              lead="What the image says that it does to your machine, worst first. An extension runs with your rights, so this is a hint and no guarantee."
            >
              <Card padding="list">
                <CapabilityList capabilities={version.capabilities} />
              </Card>
            </Section>
          ) : null}
          {version ? (
            <Section id="supply-chain" title="Where it comes from">
              <SupplyChainList supplyChain={version.supplyChain} />
            </Section>
          ) : null}
        </div>
        <aside className="min-w-0 space-y-8">
          {extension.links.length > 0 ? (
            <Section id="links" title="Links">
              <LinkList links={extension.links} />
            </Section>
          ) : null}
          <Section id="listing" title="Listing">
            <DefinitionList items={listingItems(extension)} />
            <p className="mt-3 text-sm">
              <a
                href={`/api/v1${extensionHref(view.repository, undefined)}`}
                className="text-accent underline underline-offset-2"
              >
                This page as JSON
              </a>
            </p>
          </Section>
          <Section id="badges" title="Badges" lead="For a README; open one to copy it.">
            <BadgeSnippets
              repository={view.repository}
              title={extension.title ?? view.repository}
              origin={instanceUrl.get()}
            />
          </Section>
        </aside>
      </div>
    </main>
  );
}

function listingItems({ entry, licenses }: ExtensionDocument) {
  const allowed = [
    { term: "Allowed", details: trackLabel(entry) },
    { term: "Since", details: <Time at={entry.since} /> },
  ];
  return [
    ...(entry.state === "revoked" ? [{ term: "Allowed", details: "No longer" }] : allowed),
    ...(entry.expiresAt ? [{ term: "Until", details: <Time at={entry.expiresAt} as="day" /> }] : []),
    ...(licenses ? [{ term: "Licence", details: licenses }] : []),
  ];
}

export function trackLabel({
  track,
  range,
  pin,
}: Pick<ExtensionDocument["entry"], "track" | "range" | "pin">): string {
  switch (track) {
    case "follow":
      return "New versions as they come";
    case "range":
      return `Versions ${range}`;
    case "pin":
      return `Version ${pin?.tag ?? ""} only`;
  }
}
