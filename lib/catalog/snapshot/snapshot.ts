/** An immutable snapshot of the public catalog, built from records alone. */

import { type BlockedDigests, blockedDigests } from "@/lib/catalog/documents/blocked-digests";
import type { EvaluationContext } from "@/lib/catalog/documents/evaluation-context";
import { lazily, lazy } from "@/lib/catalog/encoding/lazy";
import { SlowDocuments } from "@/lib/catalog/encoding/slow-documents";
import type { StoredDocument } from "@/lib/catalog/encoding/stored-document";
import { bytesOf } from "@/lib/catalog/encoding/stored-document";
import { type ListingTable, listingTable } from "@/lib/catalog/listing/listing-table";
import { expiryBoundaries } from "@/lib/catalog/snapshot/expiry-boundaries";
import { UpdateAnswers } from "@/lib/catalog/snapshot/update-answers";
import { UpdateBodies } from "@/lib/catalog/snapshot/update-bodies";
import type { CatalogContent } from "@/lib/catalog/views/catalog-content";
import { type Collections, collectionsOf } from "@/lib/catalog/views/collections";
import { createView, type ExtensionView } from "@/lib/catalog/views/extension-view";
import type { CatalogRecords } from "@/lib/catalog/views/records";
import { newSharedEncodings, type SharedEncodings } from "@/lib/catalog/views/shared-encodings";
import { prepareReleases } from "@/lib/extension/desktop/desktop-release";
import { canonicalJson } from "@/lib/journal/canonical-json";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import { entryStateAt } from "@/lib/marketplace/rows/entry-facts";
import { type LruCache, lruCache } from "@/lib/platform/lru-cache";

export type Snapshot = Collections & {
  records: CatalogRecords;
  /** The database's revision; clients receive it as a string. */
  revision: bigint;
  builtAt: Date;
  /** When the catalog entered this state: the same in every process. */
  since: Date;
  /** From this instant on, an expiry makes responses wrong; undefined while nothing expires. */
  validUntil: Date | undefined;
  evaluation: EvaluationContext;
  /** Views of all extensions, unordered, including damaged ones. */
  all: readonly ExtensionView[];
  views(): readonly ExtensionView[];
  /** By familiar repository; includes extensions whose entry is not active. */
  find(repository: string): ExtensionView | undefined;
  /** The view built from exactly this record object. */
  viewOf(record: ExtensionRecord): ExtensionView | undefined;
  /** Images blocked in every repository, including repositories that are not listed. */
  blockedDigests: BlockedDigests;
  /** Listed extensions, by title. */
  listed(): readonly ExtensionView[];
  /** The same as a column store with the search index. */
  table(): ListingTable<ExtensionView>;
  /** The newest table of this snapshot or an earlier one; the next table is built from it. */
  lastTable(): ListingTable<ExtensionView> | undefined;
  /** Extensions with invalid records. They are left out without affecting the others. */
  damaged(): readonly Damaged[];
  encodings: SharedEncodings;
  /** All listed extensions in one document. */
  content(): Promise<CatalogContent>;
  /** Responses by path, for requests without a query string (LRU). */
  answers: LruCache<string, StoredDocument>;
  /** The same for requests with a query string. */
  queryAnswers: LruCache<string, StoredDocument>;
  /** Documents that are slow to build, by canonical name. */
  slowDocuments: SlowDocuments;
  /** Update-check results for one version and host, as JSON. */
  updateAnswers: UpdateAnswers;
  /** Update-check responses to whole requests. */
  updateBodies: UpdateBodies;
};

export type Damaged = { repository: string; error: unknown };

const ANSWER_BYTES_MAX = 64 * 1024 * 1024;
const QUERY_ANSWER_BYTES_MAX = 16 * 1024 * 1024;
const MADE_BYTES_MAX = 32 * 1024 * 1024;
const UPDATE_ANSWER_CHARACTERS_MAX = 16 * 1024 * 1024;

/** Reuses views of `previous` that have not changed. */
export function buildSnapshot(records: CatalogRecords, now: Date, previous?: Snapshot): Snapshot {
  const by = evaluation(records, previous);
  const turns = expiryBoundaries(records, now);
  const encodings = previous?.encodings ?? newSharedEncodings();
  const all: ExtensionView[] = [];
  const damaged = new Map<string, unknown>();
  for (const record of records.extensions.values()) {
    try {
      all.push(viewOf(record, by, now, encodings, previous));
    } catch (error) {
      damaged.set(record.repository, error);
    }
  }
  const views = new Map(all.map((view) => [view.repository, view]));
  const byRecord = new Map(all.map((view) => [view.record, view]));
  const isSound = (view: ExtensionView) => {
    try {
      return view.card() !== undefined;
    } catch (error) {
      damaged.set(view.record.repository, error);
      return false;
    }
  };
  const sound = lazy(() => all.filter(isSound));
  const before = previous?.lastTable();
  const table = lazily(() => listingTable(sound().filter(isListed), encodings.numbering, before));
  const listed = () => table.get().byTitle;
  const snapshot: Snapshot = {
    ...collectionsOf({ all: sound, listed, releases: records.releases }),
    records,
    revision: records.revision,
    builtAt: now,
    since: new Date(Math.max(records.raisedAt.getTime(), turns.last?.getTime() ?? 0)),
    validUntil: turns.next,
    evaluation: by,
    all,
    views: sound,
    find(repository) {
      const view = views.get(repository);
      return view !== undefined && isSound(view) ? view : undefined;
    },
    viewOf: (record) => byRecord.get(record),
    blockedDigests: lazyBlocks(records),
    listed,
    table: table.get,
    lastTable: () => table.peek() ?? before,
    encodings,
    damaged: () => [...damaged].map(([repository, error]) => ({ repository, error })),
    content: lazy(() => encodings.contentOf(snapshot)),
    answers: lruCache({ maxSize: ANSWER_BYTES_MAX, sizeOf: bytesOf }),
    queryAnswers: lruCache({ maxSize: QUERY_ANSWER_BYTES_MAX, sizeOf: bytesOf }),
    slowDocuments: new SlowDocuments(MADE_BYTES_MAX),
    updateAnswers: new UpdateAnswers(UPDATE_ANSWER_CHARACTERS_MAX),
    updateBodies: new UpdateBodies(UPDATE_ANSWER_CHARACTERS_MAX),
  };
  return snapshot;
}

function lazyBlocks({ blocks }: CatalogRecords): BlockedDigests {
  const known = lazy(() => blockedDigests(blocks));
  return (digest) => known()(digest);
}

function viewOf(
  record: ExtensionRecord,
  by: EvaluationContext,
  now: Date,
  encodings: SharedEncodings,
  previous: Snapshot | undefined,
): ExtensionView {
  const kept = previous?.viewOf(record);
  const isSame = kept?.by === by && kept.state === entryStateAt(record.entry, now);
  return isSame ? kept : createView(record, by, now, encodings);
}

/** Reuses the previous object when nothing changed, so that views can compare by identity. */
function evaluation(records: CatalogRecords, previous: Snapshot | undefined): EvaluationContext {
  const before = previous?.records;
  const isSame =
    before !== undefined &&
    canonicalJson([before.policy, before.releases]) === canonicalJson([records.policy, records.releases]);
  if (previous && isSame) return previous.evaluation;
  return { policy: records.policy, releases: prepareReleases(records.releases) };
}

function isListed({ listed }: ExtensionView): boolean {
  return listed;
}
