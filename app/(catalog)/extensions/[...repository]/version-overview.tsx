import type { ChosenHost } from "@/app/(catalog)/catalog-request";
import { InstallPanel } from "@/app/(catalog)/extensions/[...repository]/install-panel";
import { extensionHref } from "@/components/catalog/catalog-address";
import { compatibilityOfFit, compatibilityOfVersion } from "@/components/catalog/compatibility/compatibility";
import { ExtensionHeader } from "@/components/catalog/extension/extension-header";
import { FactsStrip } from "@/components/catalog/extension/facts-strip";
import { PublisherHtml } from "@/components/catalog/extension/publisher-html";
import { ExtensionNotices, VersionNotices } from "@/components/catalog/extension/state-notice";
import { CapabilityList } from "@/components/report/capability-list";
import { SupplyChainList } from "@/components/report/supply-chain-list";
import { Section } from "@/components/text/section";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { FoldedRows } from "@/components/ui/fold";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { VersionDocument } from "@/lib/catalog/documents/documents";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";

type VersionOverviewProps = { view: ExtensionView; version: VersionDocument; chosen: ChosenHost };

export function VersionOverview({ view, version, chosen: { host, carried } }: VersionOverviewProps) {
  const extension = view.document.value();
  const fit = host && view.fits(host).find(({ tag }) => tag === version.tag);
  const installable = version.visibility === "listed" && version.reason === null;
  return (
    <main id="content" className="mx-auto w-full max-w-6xl space-y-8 px-4 py-6">
      <div className="space-y-3">
        <Link
          plain
          href={extensionHref(view.repository, carried)}
          className="-ms-1 inline-flex min-h-9 items-center gap-1 text-ink-soft hover:text-ink"
        >
          <Icon name="chevron-left" className="size-4" />
          Back to <bdi>{extension.title ?? view.repository}</bdi>
        </Link>
        <ExtensionHeader extension={extension} tag={version.tag} />
      </div>
      <ExtensionNotices extension={extension} carried={carried} />
      <VersionNotices version={version} />
      {installable ? (
        <InstallPanel
          version={version}
          compatibility={fit && host ? compatibilityOfFit(fit, host) : compatibilityOfVersion(version)}
          judged={host !== undefined}
          offered={fit?.fits ?? true}
        />
      ) : null}
      <FactsStrip version={version} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10 lg:grid-cols-2 lg:gap-12">
        <div className="min-w-0 space-y-10">
          {version.changelog ? (
            <Section id="changelog" title="Changelog">
              <PublisherHtml html={version.changelog} />
            </Section>
          ) : null}
          <Section id="details" title="Details">
            <DefinitionList items={detailItems(version)} />
          </Section>
          <Section id="supply-chain" title="Build and signatures">
            <SupplyChainList supplyChain={version.supplyChain} />
          </Section>
          <Findings findings={version.findings} />
        </div>
        <Section id="capabilities" title="Capabilities" lead="What this version can access, riskiest first.">
          <Card padding="list">
            <CapabilityList capabilities={version.capabilities} />
          </Card>
        </Section>
      </div>
    </main>
  );
}

function detailItems({ listedAt, channel, digest, requirement }: VersionDocument) {
  return [
    { term: "Listed", details: listedAt ? <Time at={listedAt} /> : "Never" },
    { term: "Channel", details: channel === "stable" ? "Stable" : "Prerelease" },
    { term: "Digest", details: <Code>{digest}</Code> },
    { term: "Extension API label", details: <Code>{requirement.raw ?? "none"}</Code> },
  ];
}

function Code({ children }: { children: string }) {
  return <code className="font-mono text-sm break-all select-all">{children}</code>;
}

function Findings({ findings }: Pick<VersionDocument, "findings">) {
  const shown = findings.filter(({ severity }) => severity !== "info");
  if (shown.length === 0) return null;
  return (
    <Section id="checks" title="Check results">
      <div className="space-y-3">
        <FoldedRows rows={shown} more={(count) => `Show ${count} more results`}>
          {(rows) => (
            <ul className="space-y-3">
              {rows.map(({ code, message, severity, helpUrl }) => (
                <li key={`${code} ${message}`}>
                  <Notice tone={severity === "error" ? "problem" : "warning"} title={message}>
                    <Link href={helpUrl}>
                      Learn more<span className="sr-only">: {message}</span>
                    </Link>
                  </Notice>
                </li>
              ))}
            </ul>
          )}
        </FoldedRows>
      </div>
    </Section>
  );
}
