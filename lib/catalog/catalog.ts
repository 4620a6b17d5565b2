/** Keeps the snapshot of the public catalog true: in memory, in step with the database, and on disk. */

import { createMediaCache, type MediaCache } from "@/lib/catalog/encoding/media-cache";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { SnapshotStore, type SnapshotStoreOptions } from "@/lib/catalog/snapshot/snapshot-store";
import { singleton } from "@/lib/platform/singleton";

export type Catalog = {
  /** The newest snapshot, right at this instant. Throws `starting` until there is a first one. */
  current(): Snapshot;
  /** The same once lists and search are ready, so that no request has to build them. */
  prepared(): Promise<Snapshot>;
  /** Resolves to true once the snapshot is at `revision` or later; to false when it is not by then. */
  reached(revision: bigint, timeoutMs?: number): Promise<boolean>;
  /**
   * For who has seen `revision` elsewhere, and without asking the database: waits until the snapshot is there, or the
   * database was seen not to be (`older`). `behind`: it is not known in time which of the two.
   */
  caughtUp(revision: bigint, timeoutMs?: number): Promise<"reached" | "older" | "behind">;
  /** Whether the database has been read, or could not be: before that, other processes may be ahead. */
  settled(): boolean;
  /** Reads what changed in the database. Rejects when the database is unavailable; the snapshot then stays. */
  refresh(): Promise<void>;
  /** Serves the copy on disk, reads the database, then follows it. Does not reject when the database is unavailable. */
  start(): Promise<void>;
  /** Ends following, and brings the copy on disk up to date. */
  stop(): Promise<void>;
  media: MediaCache;
};

export type CatalogOptions = SnapshotStoreOptions;

/** Filled by the server or a test; read by route handlers and pages. */
export const catalog = singleton<Catalog>("catalog");

const REACHED_TIMEOUT_MS = 2_000;
/** Longer than a poll takes to come around. */
const CAUGHT_UP_TIMEOUT_MS = 3_000;

export function createCatalog(options: CatalogOptions): Catalog {
  const store = new SnapshotStore(options);
  return {
    current: () => store.current(),
    prepared: () => store.prepared(),
    reached: (revision, timeoutMs = REACHED_TIMEOUT_MS) => store.reached(revision, timeoutMs),
    caughtUp: (revision, timeoutMs = CAUGHT_UP_TIMEOUT_MS) => store.caughtUp(revision, timeoutMs),
    settled: () => store.settled(),
    refresh: () => store.refresh(),
    start: () => store.start(),
    stop: () => store.stop(),
    media: createMediaCache(options.db),
  };
}
