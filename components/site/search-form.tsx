import { Icon } from "@/components/ui/icon";

export type SearchFormProps = {
  /** The current search. */
  q?: string | undefined;
  /** URL parameters that a new search keeps. */
  keep?: readonly { name: string; value: string }[];
};

export function SearchForm({ q, keep = [] }: SearchFormProps) {
  return (
    <search>
      <form action="/" method="get" className="relative">
        <label htmlFor="site-search" className="sr-only">
          Search extensions
        </label>
        <Icon
          name="search"
          className="pointer-events-none absolute start-3 top-1/2 size-5 -translate-y-1/2 text-ink-soft"
        />
        <input
          key={q}
          id="site-search"
          type="search"
          name="q"
          defaultValue={q}
          maxLength={256}
          placeholder="Search extensions"
          className="min-h-11 w-full rounded-md border border-line-strong bg-surface py-2 ps-10 pe-3"
        />
        {keep.map(({ name, value }) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      </form>
    </search>
  );
}
