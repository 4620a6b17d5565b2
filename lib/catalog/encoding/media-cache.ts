import { type Media, readMedia } from "@/lib/marketplace/inspections/media-row";
import type { Database } from "@/lib/platform/db/database";
import { createFairQueue, type Turn } from "@/lib/platform/fair-queue";
import { lruCache } from "@/lib/platform/lru-cache";

/** LRU cache of images by hash, in front of the database. */
export type MediaCache = {
  /**
   * Returns undefined for an unknown image. On a cache miss it calls `turn`, and throws `database_unavailable`, or
   * `busy` when too many reads are in progress.
   */
  find(sha256: string, turn: () => Promise<Turn>): Promise<Media | undefined>;
};

const BYTES_MAX = 32 * 1024 * 1024;
/** Hashes unknown to the database. The TTL is short, because the image may be stored at any time. */
const MISSES_MAX = 10_000;
const MISS_MS = 10_000;

const LIMITS = {
  ...{ atOnce: 4, atOncePerKey: 2, reserved: 2 },
  ...{ waiting: 200, waitingPerKey: 60, waitingReserved: 100 },
};
const BUSY = {
  busyMessage: "Too many images are being read from the database.",
  retryAfterSeconds: 2,
};

export function createMediaCache(db: Database, nowMs: () => number = () => performance.now()): MediaCache {
  const cache = lruCache<string, Media>({ maxSize: BYTES_MAX, sizeOf: ({ bytes }) => bytes.byteLength });
  const misses = lruCache<string, number>({ maxSize: MISSES_MAX });
  const queue = createFairQueue(LIMITS, BUSY);
  const isMissing = (sha256: string) => nowMs() < (misses.get(sha256) ?? Number.NEGATIVE_INFINITY);
  async function load(sha256: string): Promise<Media | undefined> {
    const known = cache.get(sha256);
    if (known !== undefined || isMissing(sha256)) return known;
    const media = await readMedia(db, sha256);
    if (media === undefined) misses.set(sha256, nowMs() + MISS_MS);
    else cache.set(sha256, media);
    return media;
  }
  return {
    async find(sha256, turn) {
      const known = cache.get(sha256);
      if (known !== undefined || isMissing(sha256)) return known;
      return queue.run(await turn(), () => load(sha256));
    },
  };
}
