/**
 * The pages that are made once for all anonymous visitors. Such a page shows the catalog snapshot and its own address,
 * and reads no cookie but the chosen host's.
 */

type CacheablePage = { path: RegExp; query: ReadonlySet<string> };

const HOST = ["desktop", "arch"];

/** Any other query parameter makes a page an ordinary one: slower, never wrong. */
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

/** The address with its query in one order, when it is that of such a page. */
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
