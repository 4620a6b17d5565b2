import { clsx } from "clsx";
import { type CatalogQuery, catalogHref } from "@/components/catalog/catalog-address";
import { Link } from "@/components/ui/link";
import type { Sort } from "@/lib/catalog/listing/list-order";

const LABELS: Record<Sort, string> = {
  relevance: "Relevance",
  name: "Name",
  updated: "Last updated",
  new: "Newest",
};

export function SortLinks({ query }: { query: CatalogQuery }) {
  const sorts: Sort[] = query.q ? ["relevance", "name", "updated", "new"] : ["name", "updated", "new"];
  const current = query.sort ?? sorts[0];
  return (
    <nav aria-label="Sort by" className="flex flex-wrap items-center gap-1 text-sm">
      <span aria-hidden="true" className="text-ink-soft max-sm:hidden">
        Sort by
      </span>
      {sorts.map((sort) => (
        <Link
          key={sort}
          plain
          href={catalogHref({ ...query, cursor: undefined, sort: sort === sorts[0] ? undefined : sort })}
          aria-current={sort === current ? "true" : undefined}
          className={clsx(
            "flex min-h-9 items-center rounded-md px-2",
            sort === current ? "bg-sunken font-medium" : "text-ink-soft hover:text-ink",
          )}
        >
          {LABELS[sort]}
        </Link>
      ))}
    </nav>
  );
}
