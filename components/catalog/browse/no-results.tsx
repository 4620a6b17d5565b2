import { type ActiveFilter, hrefWithout } from "@/components/catalog/browse/active-filters";
import { type CatalogQuery, catalogHref } from "@/components/catalog/catalog-address";
import { buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";

type NoResultsProps = {
  query: CatalogQuery;
  /** The active filters, each with the number of matches without it. */
  removals: readonly (ActiveFilter & { total: number })[];
};

/** Shows which filter to remove, and how many extensions that brings back. */
export function NoResults({ query, removals }: NoResultsProps) {
  if (removals.length === 0) return <NothingListed />;
  const all = (
    <Link plain href={catalogHref({ host: query.host })} className={buttonClasses("quiet")}>
      Show all extensions
    </Link>
  );
  return (
    <EmptyState icon="search" title="No extensions found" action={all}>
      <ul className="mt-2 space-y-1">
        {removals.map(({ name, label, total }) => (
          <li key={name}>
            {total === 0 ? (
              <>Removing “{plain(label)}” alone won’t help.</>
            ) : (
              <>
                {total === 1 ? "1 extension matches" : `${total} extensions match`} without “{plain(label)}”.{" "}
                <Link href={hrefWithout(query, name)}>
                  Show {total === 1 ? "it" : "them"}
                  <span className="sr-only"> without {label}</span>
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}

/** The label of a search is quoted already. */
function plain(label: string): string {
  return label.replace(/^“(.*)”$/, "$1");
}

function NothingListed() {
  const submit = (
    <Link plain href="/publish/new" className={buttonClasses()}>
      Submit an extension
    </Link>
  );
  return (
    <EmptyState icon="package" title="No extensions yet" action={submit}>
      Extensions appear here once a reviewer approves them.
    </EmptyState>
  );
}
