import { clsx } from "clsx";
import type { ReactNode } from "react";
import { CAPABILITY_CHOICES } from "@/components/catalog/browse/capability-labels";
import { type CatalogQuery, catalogHref } from "@/components/catalog/catalog-address";
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

/** The rest can be found by searching. */
const PUBLISHERS_MAX = 8;
const SWITCH = "filters-shown";

/** A column beside the results; on a small screen a checkbox unfolds it above them without scripts. */
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
  const hasCompatibility = host !== undefined && facets.compatible !== null;
  return (
    <div className="space-y-6">
      <Filter
        title="Category"
        query={query}
        name="category"
        all="All categories"
        choices={Object.entries(CATEGORIES).map(([value, label]) => ({
          value,
          label,
          count: countOf(facets.categories, value),
        }))}
      />
      {hasCompatibility ? (
        <Filter
          title="Compatibility"
          query={query}
          name="fits"
          all="All extensions"
          choices={[{ value: true, label: "Works on my machine", count: facets.compatible ?? 0 }]}
        />
      ) : null}
      <Filter
        title="Platform"
        query={query}
        name="platform"
        all="Any platform"
        choices={["linux/amd64", "linux/arm64"].map((value) => ({
          value,
          label: value,
          count: countOf(facets.platforms, value),
        }))}
      />
      <Filter
        title="Publisher"
        query={query}
        name="publisher"
        all="Any publisher"
        choices={publishersOf(facets, query.publisher).map((found) => ({ ...found, label: found.value }))}
      />
      <Filter
        title="Access"
        query={query}
        name="capability"
        all="Any"
        choices={CAPABILITY_CHOICES.map(({ name, label }) => ({
          value: name,
          label,
          count: countOf(facets.capabilities, name),
        }))}
      />
    </div>
  );
}

type FilterProps = {
  title: string;
  query: CatalogQuery;
  name: "category" | "fits" | "platform" | "publisher" | "capability";
  /** The label of the choice that removes the filter. */
  all: string;
  choices: readonly { value: string | true; label: string; count: number }[];
};

function Filter({ title, query, name, all, choices }: FilterProps) {
  const hrefWith = (value: string | true | undefined) =>
    catalogHref({ ...query, cursor: undefined, [name]: value });
  const current = query[name] || undefined;
  return (
    <section>
      <h2 className="px-3 pb-1 text-sm font-medium text-ink-soft">{title}</h2>
      <ul>
        <Choice href={hrefWith(undefined)} current={current === undefined}>
          {all}
        </Choice>
        {choices.map(({ value, label, count }) => (
          <Choice key={label} href={hrefWith(value)} current={current === value} count={count}>
            {label}
          </Choice>
        ))}
      </ul>
    </section>
  );
}

function countOf(values: readonly FacetValue[], wanted: string): number {
  return values.find(({ value }) => value === wanted)?.count ?? 0;
}

/** The largest publishers, and the chosen one even if it is not among them. */
function publishersOf({ publishers }: Facets, chosen: string | undefined): FacetValue[] {
  const largest = publishers.slice(0, PUBLISHERS_MAX);
  if (chosen === undefined || largest.some(({ value }) => value === chosen)) return largest;
  return [...largest, { value: chosen, count: countOf(publishers, chosen) }];
}

type ChoiceProps = { href: string; current: boolean; count?: number; children: ReactNode };

/** Renders nothing for a choice without matches, unless it is the current one. */
function Choice({ href, current, count, children }: ChoiceProps) {
  if (count === 0 && !current) return null;
  return (
    <li>
      <Link
        plain
        href={href}
        aria-current={current ? "true" : undefined}
        className={clsx(
          "flex min-h-11 items-center justify-between gap-3 rounded-md px-3 py-1 lg:min-h-9",
          current ? "bg-accent-soft font-medium text-accent-strong" : "text-ink hover:bg-sunken",
        )}
      >
        <span className="min-w-0 break-words">{children}</span>
        {count === undefined ? null : <span className="text-sm text-ink-soft tabular-nums">{count}</span>}
      </Link>
    </li>
  );
}
