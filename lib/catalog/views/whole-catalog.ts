/** The public catalog in one document, for clients that keep a copy: everything, or what changed since they last asked. */

import { createHash } from "node:crypto";
import type { ExtensionSummary } from "@/lib/catalog/documents/documents";
import { inTurns } from "@/lib/catalog/encoding/in-turns";
import { jsonArray } from "@/lib/catalog/encoding/json-array";
import { type StoredDocument, storedPieces } from "@/lib/catalog/encoding/stored-document";
import { changedSince } from "@/lib/catalog/snapshot/changed-since";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";

export type WholeCatalog = {
  /** The database's number of this state, and what to ask for as `since` the next time. */
  snapshot: string;
  /** Since when the catalog is in this state. Every process says the same of the same state, byte for byte. */
  generatedAt: string;
  /** Of the text of all `items` of a full answer, in their order, as a JSON array without white space. */
  sha256: string;
  /** True: these are all extensions. False: those that changed since. */
  full: boolean;
  since: string | null;
  /** How many extensions there are in all. */
  total: number;
  /** By repository. */
  items: ExtensionSummary[];
  /** Repositories that are not listed any more; empty in a full answer. */
  removed: string[];
};

/** The content of one state, whichever snapshot it is made of. */
export type CatalogContent = Pick<WholeCatalog, "snapshot" | "generatedAt" | "sha256"> & {
  document: StoredDocument;
};

export async function wholeCatalog(snapshot: Snapshot): Promise<StoredDocument> {
  return (await snapshot.content()).document;
}

/** `since`: the `snapshot` of an earlier answer. One from before a change of everything gets everything. */
export async function catalogSince(snapshot: Snapshot, since: bigint): Promise<StoredDocument> {
  const { document, snapshot: name, generatedAt, sha256 } = await snapshot.content();
  const changed = changedSince(snapshot.records, since, snapshot.builtAt);
  if (changed === undefined) return document;
  const { views } = snapshot.table();
  const shown = views.filter(({ record }) => changed.has(record));
  const listed = new Set(shown.map(({ record }) => record));
  const removed = [...changed].filter((record) => !listed.has(record)).map(nameOf);
  const head = {
    ...{ snapshot: name, generatedAt, sha256 },
    ...{ full: false, since: String(since), total: views.length },
  };
  return documentOf(head, await piecesOf(shown), removed.sort());
}

/** `before` is returned again when it is of the same state. */
export async function contentOf(
  snapshot: Snapshot,
  before: CatalogContent | undefined,
): Promise<CatalogContent> {
  const name = { snapshot: String(snapshot.revision), generatedAt: snapshot.since.toISOString() };
  if (before?.snapshot === name.snapshot && before.generatedAt === name.generatedAt) return before;
  const { views } = snapshot.table();
  const items = await piecesOf(views);
  const sha256 = await hashOf(items);
  const head = { ...name, sha256, full: true, since: null, total: views.length };
  return { ...name, sha256, document: await documentOf(head, items, []) };
}

/** The items as a JSON array, in pieces. */
async function piecesOf(views: readonly ExtensionView[]): Promise<string[]> {
  return jsonArray(await inTurns(views, (view) => JSON.stringify(view.summary())));
}

async function hashOf(pieces: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  await inTurns(pieces, (piece) => hash.update(piece));
  return hash.digest("hex");
}

function documentOf(
  head: Omit<WholeCatalog, "items" | "removed">,
  items: readonly string[],
  removed: readonly string[],
): Promise<StoredDocument> {
  const start = `${JSON.stringify(head).slice(0, -1)},"items":`;
  return storedPieces("application/json", [start, ...items, `,"removed":${JSON.stringify(removed)}}`]);
}

function nameOf({ repository }: ExtensionRecord): string {
  return familiarName(parseRepository(repository));
}
