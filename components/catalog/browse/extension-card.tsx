import type { CatalogQuery } from "@/components/catalog/catalog-address";
import { extensionHref } from "@/components/catalog/catalog-address";
import { compatibilityOfSummary } from "@/components/catalog/compatibility/compatibility";
import { CompatibilityLine } from "@/components/catalog/compatibility/compatibility-line";
import { ExtensionIcon } from "@/components/catalog/extension/extension-icon";
import { PublisherName } from "@/components/catalog/extension/publisher-name";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import type { ListItem } from "@/lib/catalog/queries/list";
import { CATEGORIES, isCategory } from "@/lib/extension/labels/categories";

type ExtensionCardProps = { item: ListItem; host: HostChoice | undefined; query: CatalogQuery };

/** An extension in the list; the whole card is one link. */
export function ExtensionCard({ item, host, query }: ExtensionCardProps) {
  const title = item.title ?? item.repository;
  const { offer, offerReason } = item;
  const offered =
    offer !== undefined && offerReason !== undefined ? { offer, reason: offerReason } : undefined;
  const compatibility = compatibilityOfSummary(item, offered, host);
  return (
    <article className="relative flex h-full flex-col rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong">
      <div className="flex gap-4">
        <ExtensionIcon icon={item.icon} title={title} />
        <div className="min-w-0 flex-1">
          <h3 className="truncate font-semibold">
            <Link
              plain
              href={extensionHref(item.repository, query.host)}
              className="after:absolute after:inset-0 after:rounded-lg"
            >
              <bdi>{title}</bdi>
            </Link>
          </h3>
          <PublisherName summary={item} className="text-sm text-ink-soft" />
          <QuietRow item={item} />
        </div>
      </div>
      <p className="mt-3 line-clamp-2 text-pretty break-words text-ink-soft">
        <bdi>{item.description ?? "No description provided."}</bdi>
      </p>
      <div className="mt-auto flex flex-wrap items-center gap-x-3 gap-y-1 pt-3">
        {compatibility ? (
          <CompatibilityLine compatibility={compatibility} judged={host !== undefined} />
        ) : null}
        {item.deprecated ? (
          <Badge tone="warning" icon="warning">
            Deprecated
          </Badge>
        ) : null}
      </div>
    </article>
  );
}

function QuietRow({ item: { latest, latestPrerelease, categories } }: { item: ListItem }) {
  const version = latest ?? latestPrerelease;
  const titles = categories.filter(isCategory).map((category) => CATEGORIES[category]);
  if (version === null) return null;
  return (
    <p className="mt-0.5 line-clamp-1 text-sm text-ink-soft">
      {version.version}
      {version.listedAt ? (
        <>
          {" · "}
          <Time at={version.listedAt} />
        </>
      ) : null}
      {titles.length > 0 ? ` · ${titles.join(", ")}` : null}
    </p>
  );
}
