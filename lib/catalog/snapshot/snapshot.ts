/** An immutable picture of the public catalog, made of records alone. */

import { type BlockedDigests, blockedDigests } from "@/lib/catalog/documents/blocked-digests";
import type { JudgedBy } from "@/lib/catalog/documents/judged-by";
import { lazily, lazy } from "@/lib/catalog/encoding/lazy";
import { SharedMakings } from "@/lib/catalog/encoding/shared-makings";
import type { StoredDocument } from "@/lib/catalog/encoding/stored-document";
import { bytesOf } from "@/lib/catalog/encoding/stored-document";
import { type ListingTable, listingTable } from "@/lib/catalog/listing/listing-table";
import { turnsOfTime } from "@/lib/catalog/snapshot/turns-of-time";
import { UpdateAnswers } from "@/lib/catalog/snapshot/update-answers";
import { UpdateBodies } from "@/lib/catalog/snapshot/update-bodies";
import type { CatalogContent } from "@/lib/catalog/views/catalog-content";
import { type Collections, collectionsOf } from "@/lib/catalog/views/collections";
import { createView, type ExtensionView } from "@/lib/catalog/views/extension-view";
import type { CatalogRecords } from "@/lib/catalog/views/records";
import { newWorkshop, type Workshop } from "@/lib/catalog/views/workshop";
import { prepareReleases } from "@/lib/extension/desktop/desktop-release";
import { canonicalJson } from "@/lib/journal/canonical-json";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import { entryStateAt } from "@/lib/marketplace/rows/entry-facts";
import { type LruCache, lruCache } from "@/lib/platform/lru-cache";

export type Snapshot = Collections & {
  records: CatalogRecords;
  /** The database's number; shown to clients as text. */
  revision: bigint;
  builtAt: Date;
  /** Since when the catalog has been as it is here: the same in every process. */
  since: Date;
  /** From this instant on time alone makes an answer wrong; undefined while nothing ends. */
  validUntil: Date | undefined;
  judgedBy: JudgedBy;
  /** Of every extension, in no order, also of those that turn out to be damaged. */
  all: readonly ExtensionView[];
  views(): readonly ExtensionView[];
  /** By familiar repository; also extensions whose entry is not in force. */
  find(repository: string): ExtensionView | undefined;
  /** The view made of exactly this record object. */
  viewOf(record: ExtensionRecord): ExtensionView | undefined;
  /** Images that are blocked in every repository, also in those that are not listed here. */
  blockedDigests: BlockedDigests;
  /** Extensions that stand in lists, by title. */
  listed(): readonly ExtensionView[];
  /** The same in columns, with the search index. */
  table(): ListingTable<ExtensionView>;
  /** The newest table that there is, of this snapshot or one before: the next one is made from it. */
  lastTable(): ListingTable<ExtensionView> | undefined;
  /** Extensions whose records make no sense; they are left out, and the others stay. */
  damaged(): readonly Damaged[];
  workshop: Workshop;
  /** Everything that is listed, in one document. */
  content(): Promise<CatalogContent>;
  /** Answers by address, of addresses without a query. The oldest go first. */
  answers: LruCache<string, StoredDocument>;
  /** The same of addresses with a query. */
  queryAnswers: LruCache<string, StoredDocument>;
  /** Of those that take long, by canonical name. */
  makings: SharedMakings;
  /** What the update check said of one version for one host, as JSON. */
  updateAnswers: UpdateAnswers;
  /** What it said to whole requests. */
  updateBodies: UpdateBodies;
};

export type Damaged = { repository: string; error: unknown };

const ANSWER_BYTES_MAX = 64 * 1024 * 1024;
const QUERY_ANSWER_BYTES_MAX = 16 * 1024 * 1024;
const MADE_BYTES_MAX = 32 * 1024 * 1024;
const UPDATE_ANSWER_CHARACTERS_MAX = 16 * 1024 * 1024;

/** Views of `previous` are taken over where nothing about them has changed. */
export function buildSnapshot(records: CatalogRecords, now: Date, previous?: Snapshot): Snapshot {
  const by = judgedBy(records, previous);
  const turns = turnsOfTime(records, now);
  const workshop = previous?.workshop ?? newWorkshop();
  const all: ExtensionView[] = [];
  const damaged = new Map<string, unknown>();
  for (const record of records.extensions.values()) {
    try {
      all.push(viewOf(record, by, now, workshop, previous));
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
  const table = lazily(() => listingTable(sound().filter(isListed), workshop.numbering, before));
  const listed = () => table.get().byTitle;
  const snapshot: Snapshot = {
    ...collectionsOf({ all: sound, listed, releases: records.releases }),
    records,
    revision: records.revision,
    builtAt: now,
    since: new Date(Math.max(records.raisedAt.getTime(), turns.last?.getTime() ?? 0)),
    validUntil: turns.next,
    judgedBy: by,
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
    workshop,
    damaged: () => [...damaged].map(([repository, error]) => ({ repository, error })),
    content: lazy(() => workshop.contentOf(snapshot)),
    answers: lruCache({ maxSize: ANSWER_BYTES_MAX, sizeOf: bytesOf }),
    queryAnswers: lruCache({ maxSize: QUERY_ANSWER_BYTES_MAX, sizeOf: bytesOf }),
    makings: new SharedMakings(MADE_BYTES_MAX),
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
  by: JudgedBy,
  now: Date,
  workshop: Workshop,
  previous: Snapshot | undefined,
): ExtensionView {
  const kept = previous?.viewOf(record);
  const isSame = kept?.by === by && kept.state === entryStateAt(record.entry, now);
  return isSame ? kept : createView(record, by, now, workshop);
}

/** The same object as before where it says the same, so that views can tell by identity. */
function judgedBy(records: CatalogRecords, previous: Snapshot | undefined): JudgedBy {
  const before = previous?.records;
  const isSame =
    before !== undefined &&
    canonicalJson([before.policy, before.releases]) === canonicalJson([records.policy, records.releases]);
  if (previous && isSame) return previous.judgedBy;
  return { policy: records.policy, releases: prepareReleases(records.releases) };
}

function isListed({ listed }: ExtensionView): boolean {
  return listed;
}
