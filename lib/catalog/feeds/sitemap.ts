/** The sitemap and robots.txt for search engines (sitemaps.org, protocol 0.9; RFC 9309). */

import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import { xmlText } from "@/lib/catalog/encoding/xml-text";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";

/** A sitemap can have at most 50,000 URLs and 50 MB. With the longest possible names this many are 15 MB. */
export const SITEMAP_ADDRESSES_MAX = 20_000;

type Address = { path: string; lastModified: string | undefined };

/**
 * The sitemap's text in pieces, or a sitemap index when it does not fit one file. `part` (from 1) selects one file of
 * the index. Undefined for a part that does not exist.
 */
export async function sitemapXml(
  snapshot: Snapshot,
  origin: string,
  part: number | undefined,
  addressesMax = SITEMAP_ADDRESSES_MAX,
): Promise<readonly string[] | undefined> {
  const views = snapshot.listed();
  const total = views.reduce((sum, view) => sum + addressCount(view), PAGES.length);
  const parts = Math.ceil(total / addressesMax);
  if (part === undefined && parts > 1) return index(parts, origin);
  const start = ((part ?? 1) - 1) * addressesMax;
  if (start >= total) return undefined;
  return document(
    "urlset",
    await mapWithYield(addresses(views, start, addressesMax), (one) => urlOf(one, origin)),
  );
}

/** robots.txt: allows public pages; everything else requires sign-in. */
export function robotsText(origin: string): string {
  const closed = ["/admin", "/publish", "/account", "/sign-in", "/setup", "/invite/", "/desktop"];
  return [
    "User-agent: *",
    ...closed.map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${origin}/sitemap.xml`,
    "",
  ].join("\n");
}

const PAGES = ["/", "/allow-list", "/docs/api"].map((path) => ({ path, lastModified: undefined }));

/** Up to `count` addresses, starting at `start`. Extensions that end before `start` are only counted. */
function* addresses(views: readonly ExtensionView[], start: number, count: number): Generator<Address> {
  let place = PAGES.length;
  yield* PAGES.slice(start, start + count);
  for (const view of views) {
    if (place >= start + count) return;
    const size = addressCount(view);
    if (place + size > start)
      yield* addressesOf(view).slice(Math.max(start - place, 0), start + count - place);
    place += size;
  }
}

function addressCount(view: ExtensionView): number {
  return 1 + view.portable().prepared.newestFirst.length;
}

/** The page of the extension and those of its installable versions. */
function addressesOf(view: ExtensionView): Address[] {
  const path = `/extensions/${view.repository}`;
  const { prepared, listedMs } = view.portable();
  const versions = prepared.newestFirst.map(({ tag }, place) => ({
    path: `${path}/-/versions/${tag}`,
    lastModified: instantOf(listedMs[place] ?? 0),
  }));
  return [{ path, lastModified: instantOf(view.card().updatedMs) }, ...versions];
}

function instantOf(ms: number): string | undefined {
  return ms === 0 ? undefined : new Date(ms).toISOString();
}

function urlOf({ path, lastModified }: Address, origin: string): string {
  const changed = lastModified === undefined ? "" : `<lastmod>${xmlText(lastModified)}</lastmod>`;
  return `<url><loc>${xmlText(`${origin}${path}`)}</loc>${changed}</url>`;
}

function index(parts: number, origin: string): string[] {
  const places = Array.from({ length: parts }, (_none, at) => `${origin}/sitemap.xml?part=${at + 1}`);
  return document(
    "sitemapindex",
    places.map((place) => `<sitemap><loc>${xmlText(place)}</loc></sitemap>`),
  );
}

function document(root: string, lines: readonly string[]): string[] {
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    `<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n`,
    ...lines.map((line) => `${line}\n`),
    `</${root}>\n`,
  ];
}
