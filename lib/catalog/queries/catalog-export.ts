/** The public catalog as one document, for clients that keep a copy: complete, or the changes since their last sync. */

import type { StoredDocument } from "@/lib/catalog/encoding/stored-document";
import { changedSince } from "@/lib/catalog/snapshot/changed-since";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { documentOf, piecesOf } from "@/lib/catalog/views/catalog-content";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";

export async function wholeCatalog(snapshot: Snapshot): Promise<StoredDocument> {
  return (await snapshot.content()).document;
}

/** `since` is the `snapshot` of an earlier response. If everything has changed since, the response is complete. */
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

function nameOf({ repository }: ExtensionRecord): string {
  return familiarName(parseRepository(repository));
}
