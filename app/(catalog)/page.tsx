import type { Metadata } from "next";
import { CatalogFrame } from "@/app/(catalog)/catalog-frame";
import {
  type ChosenHost,
  catalogQuery,
  chosenHost,
  type SearchParams,
} from "@/app/(catalog)/catalog-request";
import { CATALOG_FEED, shareMetadata } from "@/app/(catalog)/share-metadata";
import { type ActiveFilter, ActiveFilters, activeFilters } from "@/components/catalog/browse/active-filters";
import { ExtensionCard } from "@/components/catalog/browse/extension-card";
import { FilterRail } from "@/components/catalog/browse/filter-rail";
import { NoResults } from "@/components/catalog/browse/no-results";
import { SortLinks } from "@/components/catalog/browse/sort-links";
import { type CatalogQuery, catalogHref, catalogParameters } from "@/components/catalog/catalog-address";
import { Pagination } from "@/components/ui/pagination";
import { catalog } from "@/lib/catalog/catalog";
import { type Filter, resultsWithout } from "@/lib/catalog/queries/filter-effects";
import { type ExtensionPage, type ListQuery, listExtensions } from "@/lib/catalog/queries/list";
import { hasCode } from "@/lib/platform/errors";

const PAGE_SIZE = 24;

export async function generateMetadata({ searchParams }: { searchParams: SearchParams }): Promise<Metadata> {
  const query = await catalogQuery(searchParams, { host: undefined, carried: undefined });
  return shareMetadata({
    title: query.q ? `Extensions for “${query.q}”` : "Extensions for Docker Desktop",
    description: "Docker Desktop extensions, reviewed before you install them.",
    path: catalogHref(query),
    feeds: [CATALOG_FEED],
  });
}

export default async function CatalogPage({ searchParams }: { searchParams: SearchParams }) {
  const chosen = await chosenHost(searchParams);
  const query = await catalogQuery(searchParams, chosen);
  await catalog.get().prepared();
  const list = listQuery(query, chosen);
  const page = pageOf(list);
  const filters = activeFilters(query, chosen.host);
  const search = {
    q: query.q,
    keep: catalogParameters({ ...query, q: undefined, cursor: undefined, sort: undefined }),
  };
  return (
    <CatalogFrame chosen={chosen} here={catalogHref(query)} search={search}>
      <main
        id="content"
        className="mx-auto grid max-w-6xl grid-cols-[minmax(0,1fr)] gap-6 px-4 py-6 lg:grid-cols-[15rem_minmax(0,1fr)] lg:gap-8 lg:py-8"
      >
        <div className="lg:col-span-2">
          <h1 className="text-2xl font-semibold tracking-tight">
            {query.q ? (
              <>
                Results for “<bdi>{query.q}</bdi>”
              </>
            ) : (
              "Extensions"
            )}
          </h1>
          <p className="mt-1 text-pretty text-ink-soft">
            Docker Desktop extensions, reviewed before you install them.
          </p>
        </div>
        <FilterRail query={query} host={chosen.host} facets={page.facets} />
        <section aria-labelledby="results" className="min-w-0 space-y-4">
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
            <h2 id="results" className="font-medium">
              {page.total === 1 ? "1 extension" : `${page.total} extensions`}
            </h2>
            <SortLinks query={query} />
          </div>
          <ActiveFilters query={query} filters={filters} />
          {page.items.length === 0 ? (
            <NoResults query={query} removals={removalsOf(filters, list)} />
          ) : (
            <Results page={page} query={query} chosen={chosen} />
          )}
        </section>
      </main>
    </CatalogFrame>
  );
}

type ResultsProps = { page: ExtensionPage; query: CatalogQuery; chosen: ChosenHost };

function Results({ page, query, chosen }: ResultsProps) {
  const shown =
    page.next === null && query.cursor === undefined
      ? `All ${page.total}`
      : `${page.items.length} of ${page.total} extensions`;
  return (
    <>
      <ul className="grid gap-4 sm:grid-cols-2">
        {page.items.map((item) => (
          <li key={item.repository}>
            <ExtensionCard item={item} host={chosen.host} query={query} />
          </li>
        ))}
      </ul>
      <Pagination
        shown={shown}
        first={query.cursor === undefined ? undefined : catalogHref({ ...query, cursor: undefined })}
        next={page.next === null ? undefined : catalogHref({ ...query, cursor: page.next })}
      />
    </>
  );
}

function listQuery(
  { q, category, publisher, capability, platform, fits, sort, cursor }: CatalogQuery,
  { host }: ChosenHost,
): ListQuery {
  return {
    q,
    category,
    publisher,
    capability,
    platform,
    host,
    offeredOnly: fits,
    sort,
    cursor,
    limit: PAGE_SIZE,
  };
}

/** A cursor of another list, as in an old link, shows the first page. */
function pageOf(list: ListQuery): ExtensionPage {
  const snapshot = catalog.get().current();
  try {
    return listExtensions(snapshot, list);
  } catch (error) {
    if (!hasCode(error, "invalid_cursor")) throw error;
    return listExtensions(snapshot, { ...list, cursor: undefined });
  }
}

const FILTER_NAMES = {
  q: "q",
  category: "category",
  publisher: "publisher",
  capability: "capability",
  platform: "platform",
  fits: "offeredOnly",
} as const satisfies Record<ActiveFilter["name"], Filter>;

function removalsOf(filters: readonly ActiveFilter[], list: ListQuery) {
  const totals = resultsWithout(catalog.get().current(), list);
  return filters.map((filter) => {
    const found = totals.find((one) => one.filter === FILTER_NAMES[filter.name]);
    return { ...filter, total: found?.total ?? 0 };
  });
}
