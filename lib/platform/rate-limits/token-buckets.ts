import { type LruCache, lruCache } from "@/lib/platform/lru-cache";

type Bucket = { tokens: number; atMs: number };

export type TokenBucketsLimit = { perSecond: number; burst: number; keysMax?: number };

/**
 * Rate limit in memory, for public reads: one token bucket per key, which holds `burst` tokens and refills at
 * `perSecond`. It never touches the database, so limits are per process.
 */
export class TokenBuckets {
  /** Bounded (LRU): an evicted bucket starts full. */
  private readonly buckets: LruCache<string, Bucket>;

  constructor(private readonly limit: TokenBucketsLimit) {
    this.buckets = lruCache({ maxSize: limit.keysMax ?? KEYS_MAX });
  }

  /** Consumes one token. Returns 0, or the milliseconds until a token is available. `nowMs` is monotonic. */
  consume(key: string, nowMs: number): number {
    const { perSecond, burst } = this.limit;
    const bucket = this.buckets.get(key) ?? { tokens: burst, atMs: nowMs };
    const gained = ((nowMs - bucket.atMs) / MS_PER_SECOND) * perSecond;
    bucket.tokens = Math.min(burst, bucket.tokens + gained);
    bucket.atMs = nowMs;
    this.buckets.set(key, bucket);
    if (bucket.tokens < 1) return ((1 - bucket.tokens) / perSecond) * MS_PER_SECOND;
    bucket.tokens -= 1;
    return 0;
  }
}

const MS_PER_SECOND = 1000;
const KEYS_MAX = 50_000;
