import { clsx } from "clsx";
import type { ReactNode } from "react";
import { type CatalogQuery, catalogHref } from "@/components/catalog/catalog-address";
import { spokenHost } from "@/components/catalog/compatibility";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { CategoryItem } from "@/lib/catalog/collections";
import type { HostChoice } from "@/lib/catalog/host-choice";

type FilterRailProps = {
  query: CatalogQuery;
  host: HostChoice | undefined;
  /** Counted among what the other filters leave. */
  categories: readonly CategoryItem[];
  /** The same, all categories together. */
  total: number;
};

const PLATFORMS = ["linux/amd64", "linux/arm64"];

/** A column beside the results; on a small screen it unfolds above them. */
export function FilterRail(props: FilterRailProps) {
  return (
    <aside aria-label="Filters">
      <details className="group rounded-lg border border-line bg-surface lg:hidden">
        <summary className="flex min-h-11 items-center gap-2 px-4 font-medium">
          <Icon name="filter" className="size-5 text-ink-soft" />
          Categories and filters
          <Icon name="chevron-down" className="ms-auto size-4 group-open:rotate-180" />
        </summary>
        <div className="border-t border-line p-2">
          <Filters {...props} />
        </div>
      </details>
      <div className="hidden lg:block">
        <Filters {...props} />
      </div>
    </aside>
  );
}

function Filters({ query, host, categories, total }: FilterRailProps) {
  const first = { ...query, cursor: undefined };
  return (
    <div className="space-y-6">
      <Group title="Category">
        <Choice href={catalogHref({ ...first, category: undefined })} current={!query.category} count={total}>
          All categories
        </Choice>
        {categories
          .filter(({ id, count }) => count > 0 || id === query.category)
          .map(({ id, title, count }) => (
            <Choice
              key={id}
              href={catalogHref({ ...first, category: id })}
              current={query.category === id}
              count={count}
            >
              {title}
            </Choice>
          ))}
      </Group>
      {host === undefined ? null : (
        <Group title="Compatibility">
          <Choice href={catalogHref({ ...first, fits: false })} current={!query.fits}>
            Show everything
          </Choice>
          <Choice href={catalogHref({ ...first, fits: true })} current={query.fits === true}>
            Works with {spokenHost(host)}
          </Choice>
        </Group>
      )}
      <Group title="Platform">
        <Choice href={catalogHref({ ...first, platform: undefined })} current={!query.platform}>
          Any platform
        </Choice>
        {PLATFORMS.map((platform) => (
          <Choice
            key={platform}
            href={catalogHref({ ...first, platform })}
            current={query.platform === platform}
          >
            {platform}
          </Choice>
        ))}
      </Group>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="px-3 pb-1 text-sm font-medium text-ink-soft">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

type ChoiceProps = { href: string; current: boolean; count?: number; children: ReactNode };

function Choice({ href, current, count, children }: ChoiceProps) {
  return (
    <li>
      <Link
        plain
        href={href}
        aria-current={current ? "true" : undefined}
        className={clsx(
          "flex min-h-11 items-center justify-between gap-3 rounded-md px-3 lg:min-h-9",
          current ? "bg-accent-soft font-medium text-accent-strong" : "text-ink hover:bg-sunken",
        )}
      >
        <span className="min-w-0">{children}</span>
        {count === undefined ? null : <span className="text-sm text-ink-soft tabular-nums">{count}</span>}
      </Link>
    </li>
  );
}
