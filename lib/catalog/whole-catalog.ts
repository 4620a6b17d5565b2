/** The public catalog in one document, for clients that keep a copy: everything, or what changed since they last asked. */

import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { changedSince } from "@/lib/catalog/change-log";
import type { ExtensionSummary } from "@/lib/catalog/documents";
import type { Snapshot } from "@/lib/catalog/snapshot";
import { type StoredDocument, storedJson, storedLargeJson } from "@/lib/catalog/stored-document";

export type WholeCatalog = {
  /** What to ask for as `since` the next time. */
  snapshot: string;
  /** When this content was first put together here; the same as long as the content is. */
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

/** The content of one snapshot, or of several that have the same. */
export type CatalogContent = Pick<WholeCatalog, "snapshot" | "generatedAt" | "sha256"> & {
  document: StoredDocument;
};

const ITEMS_PER_TURN = 250;

export async function wholeCatalog(snapshot: Snapshot): Promise<StoredDocument> {
  return (await snapshot.content()).document;
}

/** `since`: the `snapshot` of an earlier answer. One that is unknown or too old gets everything. */
export async function catalogSince(snapshot: Snapshot, since: bigint): Promise<StoredDocument> {
  const { document, snapshot: name, generatedAt, sha256 } = await snapshot.content();
  const changed = changedSince(snapshot.changes, since, snapshot.revision);
  if (changed === undefined) return document;
  const { views } = snapshot.table();
  const items = views.filter(({ repository }) => changed.has(repository)).map((view) => view.summary());
  const listed = new Set(items.map(({ repository }) => repository));
  const removed = [...changed].filter((repository) => !listed.has(repository)).sort();
  const head = {
    snapshot: name,
    generatedAt,
    sha256,
    full: false,
    since: String(since),
    total: views.length,
  };
  return storedJson({ ...head, items, removed } satisfies WholeCatalog);
}

/** `before` is returned again when nothing that it says has changed. */
export async function contentOf(
  snapshot: Snapshot,
  before: CatalogContent | undefined,
): Promise<CatalogContent> {
  const { views } = snapshot.table();
  const texts: string[] = [];
  for (const [index, view] of views.entries()) {
    texts.push(JSON.stringify(view.summary()));
    if (index % ITEMS_PER_TURN === ITEMS_PER_TURN - 1) await nextTurn();
  }
  const items = `[${texts.join(",")}]`;
  const sha256 = createHash("sha256").update(items).digest("hex");
  if (before?.sha256 === sha256) return before;
  const name = { snapshot: String(snapshot.revision), generatedAt: snapshot.builtAt.toISOString() };
  const head = JSON.stringify({ ...name, sha256, full: true, since: null, total: views.length });
  const text = `${head.slice(0, -1)},"items":${items},"removed":[]}`;
  return { ...name, sha256, document: await storedLargeJson(text) };
}
