/**
 * Cacheable pages: rendered once for all anonymous visitors. Such a page depends on the snapshot, its own address
 * and the cookie of the selected host only.
 */

type CacheablePage = { path: RegExp; query: ReadonlySet<string> };

const HOST = ["desktop", "arch"];

/** A page with any other query parameter is not cached: slower, but never wrong. */
const CACHEABLE_PAGES: readonly CacheablePage[] = [
  {
    path: /^\/$/,
    query: new Set([
      ...HOST,
      "q",
      "category",
      "publisher",
      "capability",
      "platform",
      "fits",
      "sort",
      "cursor",
    ]),
  },
  // Next answers "//" and a trailing "/" with a redirect.
  { path: /^\/extensions(?:\/[A-Za-z0-9._~:@%-]+)+$/, query: new Set(HOST) },
  // The list at a past instant (`at`) is read from the database.
  { path: /^\/allow-list$/, query: new Set(HOST) },
  { path: /^\/docs\/(?:findings|api)$/, query: new Set(HOST) },
];

/** The address with a sorted query, if the page is cacheable. */
export function cacheableAddress(target: string): string | undefined {
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  const page = CACHEABLE_PAGES.find((kept) => kept.path.test(path));
  if (page === undefined || mark === -1) return page && path;
  const query = new URLSearchParams(target.slice(mark + 1));
  for (const name of query.keys()) if (!page.query.has(name)) return undefined;
  query.sort();
  return query.size === 0 ? path : `${path}?${query}`;
}
