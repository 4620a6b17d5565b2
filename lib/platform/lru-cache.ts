import { LRUCache } from "lru-cache";

type Defined = NonNullable<unknown>;

export type LruCache<Key extends Defined, Value extends Defined> = LRUCache<Key, Value>;

export type LruCacheOptions<Key extends Defined, Value extends Defined> = {
  /** Maximum number of entries, or the maximum total of `sizeOf`. Larger entries are not cached. */
  maxSize: number;
  /** Counts as at least 1. Default: 1 for each entry. */
  sizeOf?: (value: Value, key: Key) => number;
  /** Time to live. Default: no limit. */
  ttlMs?: number;
  /** Monotonic milliseconds for `ttlMs`, never 0. */
  nowMs?: () => number;
};

/**
 * A bounded LRU cache. The bound is always a size, never `max`, for which `lru-cache` reserves memory for all entries
 * in advance. Its `fetch` is not used, because it rejects callers whose entry is evicted meanwhile; see `SingleFlight`.
 */
export function lruCache<Key extends Defined, Value extends Defined>({
  maxSize,
  sizeOf = () => 1,
  ttlMs,
  nowMs,
}: LruCacheOptions<Key, Value>): LruCache<Key, Value> {
  return new LRUCache<Key, Value>({
    maxSize: Math.floor(maxSize),
    sizeCalculation: (value, key) => Math.max(1, Math.ceil(sizeOf(value, key))),
    ...(ttlMs === undefined ? {} : { ttl: ttlMs, ttlResolution: 0 }),
    ...(nowMs === undefined ? {} : { perf: { now: nowMs } }),
  });
}
