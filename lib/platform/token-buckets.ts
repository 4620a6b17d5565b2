/** A bucket of tokens per key: it holds `burst` and gains `perSecond`; each taken token is one thing that may happen. */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(private readonly limit: { perSecond: number; burst: number; keysMax?: number }) {}

  /** Takes one token; 0 when there was one, else the milliseconds until there is. `nowMs` never goes back. */
  take(key: string, nowMs: number): number {
    const { perSecond, burst } = this.limit;
    const bucket = this.buckets.get(key) ?? { tokens: burst, atMs: nowMs };
    const gained = ((nowMs - bucket.atMs) / MS_PER_SECOND) * perSecond;
    bucket.tokens = Math.min(burst, bucket.tokens + gained);
    bucket.atMs = nowMs;
    this.remember(key, bucket);
    if (bucket.tokens < 1) return ((1 - bucket.tokens) / perSecond) * MS_PER_SECOND;
    bucket.tokens -= 1;
    return 0;
  }

  /** The keys used last stay; a forgotten one starts with a full bucket. */
  private remember(key: string, bucket: { tokens: number; atMs: number }): void {
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    if (this.buckets.size <= (this.limit.keysMax ?? KEYS_MAX)) return;
    const [oldest] = this.buckets.keys();
    if (oldest !== undefined) this.buckets.delete(oldest);
  }
}

const MS_PER_SECOND = 1000;
const KEYS_MAX = 50_000;
