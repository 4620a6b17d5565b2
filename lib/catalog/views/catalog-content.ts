/** The public catalog as one document, independent of the snapshot object. */

import { createHash } from "node:crypto";
import type { ExtensionSummary } from "@/lib/catalog/documents/documents";
import { jsonArray } from "@/lib/catalog/encoding/json-array";
import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import { type StoredDocument, storedPieces } from "@/lib/catalog/encoding/stored-document";

export type WholeCatalog = {
  /** The revision of this state; send it as `since` next time. */
  snapshot: string;
  /** When the catalog entered this state. Every process reports the same bytes for the same state. */
  generatedAt: string;
  /** SHA-256 of all `items` of a complete response, in order, as a JSON array without white space. */
  sha256: string;
  /** True: all extensions. False: only those that changed since. */
  full: boolean;
  since: string | null;
  /** Total number of extensions. */
  total: number;
  /** Sorted by repository. */
  items: ExtensionSummary[];
  /** Repositories that are no longer listed; empty in a complete response. */
  removed: string[];
};

/** The content of one state, independent of the snapshot object. */
export type CatalogContent = Pick<WholeCatalog, "snapshot" | "generatedAt" | "sha256"> & {
  document: StoredDocument;
};

type Summarized = { summary(): ExtensionSummary };

/** The inputs for the content of a state. */
export type ContentSource = {
  revision: bigint;
  since: Date;
  table(): { views: readonly Summarized[] };
};

/** Returns `before` when it is the same state. */
export async function contentOf(
  source: ContentSource,
  before: CatalogContent | undefined,
): Promise<CatalogContent> {
  const name = { snapshot: String(source.revision), generatedAt: source.since.toISOString() };
  if (before?.snapshot === name.snapshot && before.generatedAt === name.generatedAt) return before;
  const { views } = source.table();
  const items = await piecesOf(views);
  const sha256 = await hashOf(items);
  const head = { ...name, sha256, full: true, since: null, total: views.length };
  return { ...name, sha256, document: await documentOf(head, items, []) };
}

/** The items as a JSON array, in pieces. */
export async function piecesOf(views: readonly Summarized[]): Promise<string[]> {
  return jsonArray(await mapWithYield(views, (view) => JSON.stringify(view.summary())));
}

async function hashOf(pieces: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  await mapWithYield(pieces, (piece) => hash.update(piece));
  return hash.digest("hex");
}

export function documentOf(
  head: Omit<WholeCatalog, "items" | "removed">,
  items: readonly string[],
  removed: readonly string[],
): Promise<StoredDocument> {
  const start = `${JSON.stringify(head).slice(0, -1)},"items":`;
  return storedPieces("application/json", [start, ...items, `,"removed":${JSON.stringify(removed)}}`]);
}
