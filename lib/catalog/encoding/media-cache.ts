import { type Media, readMedia } from "@/lib/marketplace/inspections/media-row";
import type { Database } from "@/lib/platform/db/database";
import { createFairQueue, type Turn } from "@/lib/platform/fair-queue";
import { lruCache } from "@/lib/platform/lru-cache";

/** An LRU cache of images by hash, in front of the database. */
export type MediaCache = {
  /**
   * Undefined when there is none; throws `database_unavailable` for one that only the database has, and `busy` when too many
   * of those are read. `turn` is called only for those.
   */
  find(sha256: string, turn: () => Promise<Turn>): Promise<Media | undefined>;
};

const BYTES_MAX = 32 * 1024 * 1024;
/** Hashes unknown to the database, with a short TTL, because the image can be stored meanwhile. */
const MISSES_MAX = 10_000;
const MISS_MS = 10_000;

const LIMITS = {
  ...{ atOnce: 4, atOncePerKey: 2, reserved: 2 },
  ...{ waiting: 200, waitingPerKey: 60, waitingReserved: 100 },
};
const BUSY = {
  busyMessage: "Too many images are being read from the database right now.",
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
