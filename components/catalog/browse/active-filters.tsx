import { capabilityLabel } from "@/components/catalog/browse/capability-labels";
import { type CatalogQuery, catalogHref } from "@/components/catalog/catalog-address";
import { hostLabel } from "@/components/catalog/compatibility/compatibility";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import { CATEGORIES, isCategory } from "@/lib/extension/labels/categories";

export type FilterName = "q" | "category" | "publisher" | "capability" | "platform" | "fits";

export type ActiveFilter = { name: FilterName; words: string };

/** The filters that the query sets, with their labels. */
export function activeFilters(query: CatalogQuery, host: HostChoice | undefined): ActiveFilter[] {
  const { q, category, publisher, capability, platform, fits } = query;
  return [
    ...(q ? [{ name: "q", words: `“${q}”` } as const] : []),
    ...(category && isCategory(category) ? [{ name: "category", words: CATEGORIES[category] } as const] : []),
    ...(publisher ? [{ name: "publisher", words: `by ${publisher}` } as const] : []),
    ...(capability ? [{ name: "capability", words: capabilityLabel(capability) } as const] : []),
    ...(platform ? [{ name: "platform", words: platform } as const] : []),
    ...(fits && host ? [{ name: "fits", words: `works with ${hostLabel(host)}` } as const] : []),
  ];
}

/** The first page of the list without this filter. */
export function hrefWithout(query: CatalogQuery, name: FilterName): string {
  return catalogHref({ ...query, cursor: undefined, [name]: undefined });
}

export function ActiveFilters({ query, filters }: { query: CatalogQuery; filters: readonly ActiveFilter[] }) {
  if (filters.length === 0) return null;
  return (
    <ul aria-label="Active filters" className="flex flex-wrap gap-2">
      {filters.map(({ name, words }) => (
        <li key={name} className="min-w-0">
          <Link
            plain
            href={hrefWithout(query, name)}
            className="inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-full border border-line-strong bg-surface ps-3 pe-2 text-sm hover:bg-sunken"
          >
            <span className="sr-only">Remove the filter </span>
            <span className="truncate">{words}</span>
            <Icon name="x" className="size-4 text-ink-soft" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
