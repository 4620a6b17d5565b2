import { buttonClasses } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";

type PaginationProps = {
  /** `1–50 of 312 extensions`. */
  shown: string;
  first?: string | undefined;
  next?: string | undefined;
};

/** Links to the next and the first page of a list. */
export function Pagination({ shown, first, next }: PaginationProps) {
  if (first === undefined && next === undefined) return null;
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-sm text-ink-soft">{shown}</p>
      <div className="flex gap-3">
        {first === undefined ? null : (
          <Link plain href={first} className={buttonClasses("quiet")}>
            <Icon name="chevron-left" />
            First page
          </Link>
        )}
        {next === undefined ? null : (
          <Link plain href={next} rel="next" className={buttonClasses("quiet")}>
            Next page
            <Icon name="chevron-right" />
          </Link>
        )}
      </div>
    </nav>
  );
}
