/** The list of extensions: filtered, sorted and paged. */

import type { ExtensionSummary, OfferDocument } from "@/lib/catalog/documents/documents";
import { isKnownHost } from "@/lib/catalog/known-host";
import { decodeCursor, encodeCursor } from "@/lib/catalog/listing/cursor";
import { type Facets, facetsOf } from "@/lib/catalog/listing/list-facets";
import { filtered, type ListFilter } from "@/lib/catalog/listing/list-filter";
import { partOf, type Sort } from "@/lib/catalog/listing/list-order";
import { search } from "@/lib/catalog/search/search";
import { parseSearch } from "@/lib/catalog/search/search-query";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { Collection } from "@/lib/catalog/views/collections";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import type { Host } from "@/lib/extension/desktop/desktop-release";

/** `publisher` is a namespace, `platform` a name as from `platformName`. With a host, each item includes its offer. */
export type ListQuery = ListFilter & {
  q?: string | undefined;
  /** Absent: by relevance with a query, otherwise by name. */
  sort?: Sort | undefined;
  limit: number;
  cursor?: string | undefined;
};

export type ListItem = ExtensionSummary & {
  offer?: OfferDocument["offer"];
  offerReason?: OfferDocument["reason"];
};

export type ExtensionPage = Collection<ListItem> & { facets: Facets };

/** Throws `invalid_cursor`. Reads only memory. */
export function listExtensions(snapshot: Snapshot, query: ListQuery): ExtensionPage {
  const asked = parseSearch(query.q ?? "");
  const sort = query.sort ?? (asked ? "relevance" : "name");
  const start = query.cursor === undefined ? undefined : decodeCursor(query.cursor, sort);
  const table = snapshot.table();
  const scores = asked && search(table.index, asked);
  const { host } = query;
  const isHostKnown = host !== undefined && isKnownHost(snapshot.evaluation.releases, host);
  const found = filtered(table, { ...query, isHostKnown }, scores && ((place) => (scores[place] ?? 0) > 0));
  const { places, next } = partOf(table, found.places, sort, scores, start, query.limit);
  return {
    items: places.flatMap((place) => itemOf(table.views[place], query.host)),
    total: found.places.length,
    next: next === undefined ? null : encodeCursor(next),
    facets: facetsOf(table, found),
  };
}

function itemOf(view: ExtensionView | undefined, host: Host | undefined): ListItem[] {
  if (view === undefined) return [];
  if (host === undefined) return [view.summary()];
  const { offer, reason } = view.offer(host);
  return [{ ...view.summary(), offer, offerReason: reason }];
}
