/** The list of extensions: filtered, sorted, in pages. */

import type { Collection } from "@/lib/catalog/collections";
import { compareText } from "@/lib/catalog/compare-text";
import { type Cursor, decodeCursor, encodeCursor } from "@/lib/catalog/cursor";
import type { ExtensionSummary, OfferDocument } from "@/lib/catalog/documents";
import { namespaceOf } from "@/lib/catalog/extension-document";
import type { ExtensionView } from "@/lib/catalog/extension-view";
import { scoreOf, searchTerms } from "@/lib/catalog/search-text";
import type { Snapshot } from "@/lib/catalog/snapshot";
import type { Host } from "@/lib/extension/desktop-release";
import { platformName } from "@/lib/extension/platform";

export const SORTS = ["relevance", "title", "updated"] as const;
export type Sort = (typeof SORTS)[number];

export type ListQuery = {
  q?: string | undefined;
  category?: string | undefined;
  /** The namespace, as in `publisher.name`. */
  publisher?: string | undefined;
  /** As by `platformName`. */
  platform?: string | undefined;
  /** Adds to each item what this host is offered. */
  host?: Host | undefined;
  /** With a host: leaves out what it is not offered in any version. */
  offeredOnly?: boolean | undefined;
  /** Absent: by relevance where there is a query, else by title. */
  sort?: Sort | undefined;
  limit: number;
  cursor?: string | undefined;
};

export type ListItem = ExtensionSummary & {
  offer?: OfferDocument["offer"];
  offerReason?: OfferDocument["reason"];
};

export type ExtensionPage = Collection<ListItem> & {
  /** How many of all the matches are in each category; those with none are left out. */
  facets: { categories: { value: string; count: number }[] };
};

type Match = { view: ExtensionView; key: string | number };

/** Throws `invalid_cursor`. Never touches anything but memory. */
export function listExtensions(snapshot: Snapshot, query: ListQuery): ExtensionPage {
  const terms = searchTerms(query.q ?? "");
  const sort = query.sort ?? (terms.length > 0 ? "relevance" : "title");
  const start = query.cursor === undefined ? undefined : decodeCursor(query.cursor, sort);
  const matches = snapshot
    .listed()
    .filter((view) => passes(view, query))
    .map((view): Match & { score: number } => {
      const score = terms.length > 0 ? scoreOf(view.searchText(), terms) : 1;
      return { view, score, key: keyOf(view, sort, score) };
    })
    .filter(({ score }) => score > 0)
    .sort(byKey(sort));
  const rest = start === undefined ? matches : matches.filter((match) => isAfter(match, start, sort));
  const page = rest.slice(0, query.limit);
  return {
    items: page.map(({ view }) => itemOf(view, query.host)),
    total: matches.length,
    next: rest.length > page.length ? cursorOf(page.at(-1), sort) : null,
    facets: { categories: categoriesOf(matches) },
  };
}

function passes(view: ExtensionView, query: ListQuery): boolean {
  const { category, publisher, platform, host, offeredOnly } = query;
  if (publisher !== undefined && namespaceOf(view.repository) !== publisher) return false;
  if (category !== undefined && !view.summary().categories.includes(category)) return false;
  if (platform !== undefined && !hasPlatform(view.summary(), platform)) return false;
  return !offeredOnly || host === undefined || view.offer(host).offer !== null;
}

function hasPlatform({ latest, latestPrerelease }: ExtensionSummary, name: string): boolean {
  const platforms = (latest ?? latestPrerelease)?.platforms ?? [];
  return platforms.some(({ os, architecture, variant }) => {
    const platform = variant === null ? { os, architecture } : { os, architecture, variant };
    return platformName(platform) === name;
  });
}

function keyOf(view: ExtensionView, sort: Sort, score: number): Match["key"] {
  switch (sort) {
    case "relevance":
      return score;
    case "title":
      return view.sortTitle();
    case "updated":
      return view.updatedAt();
  }
}

/** Titles rise; scores and times fall. The repository settles ties. */
function compareKeys(a: Match["key"], b: Match["key"], sort: Sort): number {
  const rising = typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b));
  return sort === "title" ? rising : -rising;
}

function byKey(sort: Sort): (a: Match, b: Match) => number {
  return (a, b) => compareKeys(a.key, b.key, sort) || compareText(a.view.repository, b.view.repository);
}

function isAfter({ key, view }: Match, cursor: Cursor, sort: Sort): boolean {
  return (compareKeys(key, cursor.key, sort) || compareText(view.repository, cursor.repository)) > 0;
}

function cursorOf(last: Match | undefined, sort: Sort): string | null {
  return last ? encodeCursor({ order: sort, key: last.key, repository: last.view.repository }) : null;
}

function itemOf(view: ExtensionView, host: Host | undefined): ListItem {
  if (host === undefined) return view.summary();
  const { offer, reason } = view.offer(host);
  return { ...view.summary(), offer, offerReason: reason };
}

function categoriesOf(matches: readonly Match[]): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { view } of matches) {
    for (const category of view.summary().categories) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => compareText(a.value, b.value));
}
