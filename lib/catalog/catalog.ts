/** Keeps the public catalog's snapshot current: in memory, in step with the database, and on disk. */

import { createMediaCache, type MediaCache } from "@/lib/catalog/encoding/media-cache";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { SnapshotStore, type SnapshotStoreOptions } from "@/lib/catalog/snapshot/snapshot-store";
import { singleton } from "@/lib/platform/singleton";

export type Catalog = {
  /** The newest snapshot, valid at this instant. Throws `starting` until the first one exists. */
  current(): Snapshot;
  /** The same, once lists and search are ready, so that no request has to build them. */
  prepared(): Promise<Snapshot>;
  /** Resolves to true once the snapshot is at `revision` or later, and to false on timeout. */
  reached(revision: bigint, timeoutMs?: number): Promise<boolean>;
  /**
   * For callers that saw `revision` elsewhere. Does not query the database: waits until the snapshot reaches `revision`
   * or the database turns out to be older (`older`). `behind`: neither happened in time.
   */
  caughtUp(revision: bigint, timeoutMs?: number): Promise<"reached" | "older" | "behind">;
  /** Whether the database was read, or found unavailable. Before that, other processes may be ahead. */
  settled(): boolean;
  /** Reads changes from the database. Rejects when the database is unavailable, and keeps the snapshot. */
  refresh(): Promise<void>;
  /** Serves the copy on disk, reads the database, then follows it. Does not reject when the database is unavailable. */
  start(): Promise<void>;
  /** Stops following and brings the copy on disk up to date. */
  stop(): Promise<void>;
  media: MediaCache;
};

export type CatalogOptions = SnapshotStoreOptions;

/** Set by the server or a test; read by route handlers and pages. */
export const catalog = singleton<Catalog>("catalog");

const REACHED_TIMEOUT_MS = 2_000;
/** Longer than one poll interval. */
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
