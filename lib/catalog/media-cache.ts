import { type Media, readMedia } from "@/lib/marketplace/stored-media";
import { BoundedCache } from "@/lib/platform/bounded-cache";
import type { Database } from "@/lib/platform/db/database";

/** Pictures by hash, those asked for last in memory. */
export type MediaCache = {
  /** Undefined when there is none; throws `database_unavailable` for one that only the database has. */
  find(sha256: string): Promise<Media | undefined>;
};

const BYTES_MAX = 32 * 1024 * 1024;

export function createMediaCache(db: Database): MediaCache {
  const cache = new BoundedCache<Media>(BYTES_MAX, ({ bytes }) => bytes.byteLength);
  return {
    async find(sha256) {
      const known = cache.get(sha256);
      if (known !== undefined) return known;
      const media = await readMedia(db, sha256);
      if (media !== undefined) cache.set(sha256, media);
      return media;
    },
  };
}
