import { capabilityLabel } from "@/components/catalog/browse/capability-labels";
import { type CatalogQuery, catalogHref } from "@/components/catalog/catalog-address";
import { hostLabel } from "@/components/catalog/compatibility/compatibility";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import { CATEGORIES, isCategory } from "@/lib/extension/labels/categories";

export type FilterName = "q" | "category" | "publisher" | "capability" | "platform" | "fits";

export type ActiveFilter = { name: FilterName; label: string };

/** The filters that the query sets, with their labels. */
export function activeFilters(query: CatalogQuery, host: HostChoice | undefined): ActiveFilter[] {
  const { q, category, publisher, capability, platform, fits } = query;
  return [
    ...(q ? [{ name: "q", label: `“${q}”` } as const] : []),
    ...(category && isCategory(category) ? [{ name: "category", label: CATEGORIES[category] } as const] : []),
    ...(publisher ? [{ name: "publisher", label: `by ${publisher}` } as const] : []),
    ...(capability ? [{ name: "capability", label: capabilityLabel(capability) } as const] : []),
    ...(platform ? [{ name: "platform", label: platform } as const] : []),
    ...(fits && host ? [{ name: "fits", label: `works with ${hostLabel(host)}` } as const] : []),
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
      {filters.map(({ name, label }) => (
        <li key={name} className="min-w-0">
          <Link
            plain
            href={hrefWithout(query, name)}
            className="inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-full border border-line-strong bg-surface ps-3 pe-2 text-sm hover:bg-sunken"
          >
            <span className="sr-only">Remove the filter </span>
            <span className="truncate">{label}</span>
            <Icon name="x" className="size-4 text-ink-soft" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
