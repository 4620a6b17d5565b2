/** Collections small enough to be served whole. */

import { compareText } from "@/lib/catalog/encoding/compare-text";
import { jsonArray } from "@/lib/catalog/encoding/json-array";
import { lazy } from "@/lib/catalog/encoding/lazy";
import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import { type StoredDocument, storedJson, storedPieces } from "@/lib/catalog/encoding/stored-document";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import { tableOf } from "@/lib/extension/desktop/release-table";
import { CATEGORIES } from "@/lib/extension/labels/categories";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";

export type Collection<Item> = { items: Item[]; total: number; next: string | null };

export type CategoryItem = { id: string; title: string; count: number };

export type Collections = {
  allowList(): Promise<StoredDocument>;
  allowListItems(): readonly AllowListItem[];
  categories(): StoredDocument;
  categoryItems(): readonly CategoryItem[];
  desktopReleases(): StoredDocument;
};

export type CollectionsInput = {
  all: () => readonly ExtensionView[];
  listed: () => readonly ExtensionView[];
  releases: readonly DesktopRelease[];
};

export function collectionsOf({ all, listed, releases }: CollectionsInput): Collections {
  const allowListItems = lazy(() =>
    all()
      .flatMap((view) => view.allowListItem() ?? [])
      .sort((a, b) => compareText(a.repository, b.repository)),
  );
  const categoryItems = lazy(() => countCategories(listed()));
  return {
    allowListItems,
    allowList: lazy(() => allowListDocument(allowListItems())),
    categoryItems,
    categories: lazy(() => storedJson(whole(categoryItems()))),
    desktopReleases: lazy(() => storedJson(whole(newestFirst(releases)))),
  };
}

/** A collection that is never paged. */
export function whole<Item>(items: readonly Item[]): Collection<Item> {
  return { items: [...items], total: items.length, next: null };
}

/** Built in small slices and compressed in the thread pool. */
export async function allowListDocument(items: readonly AllowListItem[]): Promise<StoredDocument> {
  const list = jsonArray(await mapWithYield(items, (item) => JSON.stringify(item)));
  const pieces = Array.from({ length: Math.ceil(list.length / ITEMS_PER_PIECE) }, (_none, piece) =>
    list.slice(piece * ITEMS_PER_PIECE, (piece + 1) * ITEMS_PER_PIECE).join(""),
  );
  return storedPieces("application/json", ['{"items":', ...pieces, `,"total":${items.length},"next":null}`]);
}

const ITEMS_PER_PIECE = 256;

function countCategories(listed: readonly ExtensionView[]): CategoryItem[] {
  const counts = new Map<string, number>();
  for (const view of listed) {
    for (const id of view.summary().categories) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return Object.entries(CATEGORIES).map(([id, title]) => ({ id, title, count: counts.get(id) ?? 0 }));
}

function newestFirst(releases: readonly DesktopRelease[]): DesktopRelease[] {
  return tableOf(releases)
    .rows.map(({ release }) => release)
    .reverse();
}
