import { type ActiveFilter, hrefWithout } from "@/components/catalog/browse/active-filters";
import { type CatalogQuery, catalogHref } from "@/components/catalog/catalog-address";
import { buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";

type NoResultsProps = {
  query: CatalogQuery;
  /** The active filters, each with what would be found without it. */
  removals: readonly (ActiveFilter & { total: number })[];
};

/** Says which filter removed how many. */
export function NoResults({ query, removals }: NoResultsProps) {
  if (removals.length === 0) return <NothingListed />;
  const all = (
    <Link plain href={catalogHref({ host: query.host })} className={buttonClasses("quiet")}>
      Show all extensions
    </Link>
  );
  return (
    <EmptyState icon="search" title="No extension matches all of this" action={all}>
      <ul className="mt-2 space-y-1">
        {removals.map(({ name, words, total }) => (
          <li key={name}>
            {total === 0 ? (
              <>To remove only the filter “{plain(words)}” changes nothing.</>
            ) : (
              <>
                The filter “{plain(words)}” removes {total}.{" "}
                <Link href={hrefWithout(query, name)}>
                  Show {total === 1 ? "it" : "them"}
                  <span className="sr-only"> without {words}</span>
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}

/** A search stands in quotes already. */
function plain(words: string): string {
  return words.replace(/^“(.*)”$/, "$1");
}

function NothingListed() {
  const submit = (
    <Link plain href="/publish/new" className={buttonClasses()}>
      Submit an extension
    </Link>
  );
  return (
    <EmptyState icon="package" title="No extension is listed yet" action={submit}>
      Publishers submit image repositories; what reviewers approve appears here.
    </EmptyState>
  );
}
