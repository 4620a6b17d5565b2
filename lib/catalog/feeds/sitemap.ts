/** What search engines are told (sitemaps.org, protocol 0.9; RFC 9309). */

import type { Snapshot } from "@/lib/catalog/snapshot";
import { xmlText } from "@/lib/catalog/xml-text";

/** As many addresses as one sitemap may hold. */
const SITEMAP_ADDRESSES_MAX = 50_000;

type Address = { path: string; lastModified: string | undefined };

/**
 * The sitemap, or a list of its parts where it is too long for one file; `part` from 1 on is one of these. Undefined for a
 * part that there is not.
 */
export function sitemapXml(
  snapshot: Snapshot,
  origin: string,
  part: number | undefined,
  addressesMax = SITEMAP_ADDRESSES_MAX,
): string | undefined {
  const addresses = addressesOf(snapshot);
  const parts = Math.ceil(addresses.length / addressesMax);
  if (part === undefined && parts > 1) return index(parts, origin);
  const start = ((part ?? 1) - 1) * addressesMax;
  const shown = addresses.slice(start, start + addressesMax);
  return shown.length === 0 ? undefined : urlSet(shown, origin);
}

/** Pages that belong to nobody in particular; the rest is for people who are signed in. */
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

function addressesOf(snapshot: Snapshot): Address[] {
  const pages = ["/", "/allow-list", "/docs/api"].map((path) => ({ path, lastModified: undefined }));
  const extensions = snapshot.listed().map((view) => {
    const { updatedMs } = view.card();
    const lastModified = updatedMs === 0 ? undefined : new Date(updatedMs).toISOString();
    return { path: `/extensions/${view.repository}`, lastModified };
  });
  return [...pages, ...extensions];
}

function urlSet(addresses: readonly Address[], origin: string): string {
  const urls = addresses.map(({ path, lastModified }) => {
    const changed = lastModified === undefined ? "" : `<lastmod>${xmlText(lastModified)}</lastmod>`;
    return `<url><loc>${xmlText(`${origin}${path}`)}</loc>${changed}</url>`;
  });
  return document("urlset", urls);
}

function index(parts: number, origin: string): string {
  const places = Array.from({ length: parts }, (_none, at) => `${origin}/sitemap.xml?part=${at + 1}`);
  return document(
    "sitemapindex",
    places.map((place) => `<sitemap><loc>${xmlText(place)}</loc></sitemap>`),
  );
}

function document(root: string, lines: readonly string[]): string {
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    `<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`,
    ...lines,
    `</${root}>`,
  ].join("\n")}\n`;
}
