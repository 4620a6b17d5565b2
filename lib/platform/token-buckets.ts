import { type LruCache, lruCache } from "@/lib/platform/lru-cache";

type Bucket = { tokens: number; atMs: number };

/** A bucket of tokens per key: it holds `burst` and gains `perSecond`; each taken token is one thing that may happen. */
export class TokenBuckets {
  /** A forgotten one starts full. */
  private readonly buckets: LruCache<string, Bucket>;

  constructor(private readonly limit: { perSecond: number; burst: number; keysMax?: number }) {
    this.buckets = lruCache({ maxSize: limit.keysMax ?? KEYS_MAX });
  }

  /** Takes one token; 0 when there was one, else the milliseconds until there is. `nowMs` never goes back. */
  take(key: string, nowMs: number): number {
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
