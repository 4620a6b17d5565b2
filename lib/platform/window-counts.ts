import { type LruCache, lruCache } from "@/lib/platform/lru-cache";

export type WindowCount = {
  count: number;
  /** Until it is forgotten. */
  msLeft: number;
};

export type WindowCountsOptions = {
  windowSeconds: number;
  keysMax?: number;
  /** Monotonic milliseconds. */
  nowMs?: () => number;
};

/** How often something happened by key, within a window of time that begins with the first time. */
export class WindowCounts {
  private readonly counts: LruCache<string, { count: number; untilMs: number }>;
  private readonly windowMs: number;
  private readonly nowMs: () => number;

  constructor({ windowSeconds, keysMax = KEYS_MAX, nowMs = () => performance.now() }: WindowCountsOptions) {
    this.counts = lruCache({ maxSize: keysMax });
    this.windowMs = windowSeconds * 1000;
    this.nowMs = nowMs;
  }

  get(key: string): WindowCount {
    const known = this.counts.get(key);
    const now = this.nowMs();
    if (known === undefined || known.untilMs <= now) return { count: 0, msLeft: this.windowMs };
    return { count: known.count, msLeft: known.untilMs - now };
  }

  /** Counts once more, and says how often that makes. */
  add(key: string): WindowCount {
    const { count, msLeft } = this.get(key);
    this.counts.set(key, { count: count + 1, untilMs: this.nowMs() + msLeft });
    return { count: count + 1, msLeft };
  }

  /** Takes one back. */
  takeBack(key: string): void {
    const { count, msLeft } = this.get(key);
    if (count > 0) this.counts.set(key, { count: count - 1, untilMs: this.nowMs() + msLeft });
  }

  forget(key: string): void {
    this.counts.delete(key);
  }
}

/** Beyond so many keys the one used longest ago begins anew. */
const KEYS_MAX = 50_000;
