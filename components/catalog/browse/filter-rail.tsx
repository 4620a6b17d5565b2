import { clsx } from "clsx";
import type { ReactNode } from "react";
import { CAPABILITY_CHOICES } from "@/components/catalog/browse/capability-labels";
import { type CatalogQuery, catalogHref } from "@/components/catalog/catalog-address";
import { hostLabel } from "@/components/catalog/compatibility/compatibility";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { Facets, FacetValue } from "@/lib/catalog/listing/list-facets";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import { CATEGORIES } from "@/lib/extension/labels/categories";

type FilterRailProps = {
  query: CatalogQuery;
  host: HostChoice | undefined;
  facets: Facets;
};

/** More are found by searching. */
const PUBLISHERS_MAX = 8;
const SWITCH = "filters-shown";

/** A column beside the results; on a small screen it unfolds above them, by a checkbox that needs no script. */
export function FilterRail(props: FilterRailProps) {
  return (
    <aside aria-label="Filters">
      <input id={SWITCH} type="checkbox" className="peer sr-only lg:hidden" />
      <label
        htmlFor={SWITCH}
        className="flex min-h-11 cursor-pointer items-center gap-2 rounded-lg border border-line bg-surface px-4 font-medium peer-checked:rounded-b-none peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent lg:hidden"
      >
        <Icon name="filter" className="size-5 text-ink-soft" />
        Categories and filters
        <Icon name="chevron-down" className="ms-auto size-4" />
      </label>
      <div className="hidden rounded-b-lg border border-t-0 border-line bg-surface p-2 peer-checked:block lg:block lg:border-0 lg:bg-transparent lg:p-0">
        <Filters {...props} />
      </div>
    </aside>
  );
}

function Filters({ query, host, facets }: FilterRailProps) {
  const first = { ...query, cursor: undefined };
  const to = (changes: Partial<CatalogQuery>) => catalogHref({ ...first, ...changes });
  return (
    <div className="space-y-6">
      <Group title="Category">
        <Choice href={to({ category: undefined })} current={!query.category}>
          All categories
        </Choice>
        {Object.entries(CATEGORIES).map(([id, title]) => (
          <Choice
            key={id}
            href={to({ category: id })}
            current={query.category === id}
            count={countOf(facets.categories, id)}
          >
            {title}
          </Choice>
        ))}
      </Group>
      {host === undefined || facets.compatible === null ? null : (
        <Group title="Compatibility">
          <Choice href={to({ fits: false })} current={!query.fits}>
            Show everything
          </Choice>
          <Choice href={to({ fits: true })} current={query.fits === true} count={facets.compatible}>
            Works with {hostLabel(host)}
          </Choice>
        </Group>
      )}
      <Group title="Platform">
        <Choice href={to({ platform: undefined })} current={!query.platform}>
          Any platform
        </Choice>
        {["linux/amd64", "linux/arm64"].map((platform) => (
          <Choice
            key={platform}
            href={to({ platform })}
            current={query.platform === platform}
            count={countOf(facets.platforms, platform)}
          >
            {platform}
          </Choice>
        ))}
      </Group>
      <Group title="Publisher">
        <Choice href={to({ publisher: undefined })} current={!query.publisher}>
          Any publisher
        </Choice>
        {publishersOf(facets, query.publisher).map(({ value, count }) => (
          <Choice
            key={value}
            href={to({ publisher: value })}
            current={query.publisher === value}
            count={count}
          >
            {value}
          </Choice>
        ))}
      </Group>
      <Group title="What it does">
        <Choice href={to({ capability: undefined })} current={!query.capability}>
          Anything
        </Choice>
        {CAPABILITY_CHOICES.map(({ name, words }) => (
          <Choice
            key={name}
            href={to({ capability: name })}
            current={query.capability === name}
            count={countOf(facets.capabilities, name)}
          >
            {words}
          </Choice>
        ))}
      </Group>
    </div>
  );
}

function countOf(values: readonly FacetValue[], wanted: string): number {
  return values.find(({ value }) => value === wanted)?.count ?? 0;
}

/** With the chosen one, even when it is not among the largest. */
function publishersOf({ publishers }: Facets, chosen: string | undefined): FacetValue[] {
  const largest = publishers.slice(0, PUBLISHERS_MAX);
  if (chosen === undefined || largest.some(({ value }) => value === chosen)) return largest;
  return [...largest, { value: chosen, count: countOf(publishers, chosen) }];
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

/** A choice that would bring nothing is left out, unless it is the one that was made. */
function Choice({ href, current, count, children }: ChoiceProps) {
  if (count === 0 && !current) return null;
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
        <span className="min-w-0 break-words">{children}</span>
        {count === undefined ? null : <span className="text-sm text-ink-soft tabular-nums">{count}</span>}
      </Link>
    </li>
  );
}
