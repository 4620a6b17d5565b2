import { extensionHref } from "@/components/catalog/catalog-address";
import { BadgeSnippets } from "@/components/catalog/extension/badge-snippets";
import { LinkList } from "@/components/catalog/extension/link-list";
import { Section } from "@/components/text/section";
import { DefinitionList } from "@/components/ui/definition-list";
import { Time } from "@/components/ui/time";
import type { ExtensionDocument } from "@/lib/catalog/documents/documents";
import { instanceUrl } from "@/lib/platform/instance-url";

type ListingRailProps = { extension: ExtensionDocument; repository: string };

/** The column beside an extension: links, its listing, and badges. */
export function ListingRail({ extension, repository }: ListingRailProps) {
  return (
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
            href={`/api/v1${extensionHref(repository, undefined)}`}
            className="text-accent underline underline-offset-2"
          >
            View this page as JSON
          </a>
        </p>
      </Section>
      <Section id="badges" title="Badges" lead="Add a badge to your README.">
        <BadgeSnippets
          repository={repository}
          title={extension.title ?? repository}
          origin={instanceUrl.get()}
        />
      </Section>
    </aside>
  );
}

function listingItems({ entry, licenses }: ExtensionDocument) {
  const approved = [
    { term: "Updates", details: updatesLabel(entry) },
    { term: "Listed on", details: <Time at={entry.since} as="day" /> },
  ];
  return [
    ...(entry.state === "revoked" ? [{ term: "Approval", details: "Revoked" }] : approved),
    ...(entry.expiresAt ? [{ term: "Expires", details: <Time at={entry.expiresAt} as="day" /> }] : []),
    ...(licenses ? [{ term: "License", details: <bdi>{licenses}</bdi> }] : []),
  ];
}

function updatesLabel({ track, range, pin }: ExtensionDocument["entry"]): string {
  switch (track) {
    case "follow":
      return "All new versions";
    case "range":
      return `Only versions ${range}`;
    case "pin":
      return `Only version ${pin?.tag ?? ""}`;
  }
}
