/** The public catalog as one document, whichever snapshot it is made of. */

import { createHash } from "node:crypto";
import type { ExtensionSummary } from "@/lib/catalog/documents/documents";
import { jsonArray } from "@/lib/catalog/encoding/json-array";
import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import { type StoredDocument, storedPieces } from "@/lib/catalog/encoding/stored-document";

export type WholeCatalog = {
  /** The database's number of this state, and what to ask for as `since` the next time. */
  snapshot: string;
  /** Since when the catalog is in this state. Every process says the same of the same state, byte for byte. */
  generatedAt: string;
  /** Hash of all `items` of a full answer, in order, as a JSON array without white space. */
  sha256: string;
  /** True: these are all extensions. False: those that changed since. */
  full: boolean;
  since: string | null;
  /** How many extensions there are in all. */
  total: number;
  /** By repository. */
  items: ExtensionSummary[];
  /** Repositories that are not listed any more; empty in a full response. */
  removed: string[];
};

/** The content of one state, whichever snapshot it is made of. */
export type CatalogContent = Pick<WholeCatalog, "snapshot" | "generatedAt" | "sha256"> & {
  document: StoredDocument;
};

type Summarized = { summary(): ExtensionSummary };

/** What the content of a state is made of. */
export type ContentSource = {
  revision: bigint;
  since: Date;
  table(): { views: readonly Summarized[] };
};

/** `before` is returned again when it is of the same state. */
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
