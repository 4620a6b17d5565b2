import { type LruCache, lruCache } from "@/lib/platform/lru-cache";
import type { FixedWindow, Usage } from "@/lib/platform/rate-limits/fixed-window";

export type MemoryWindowOptions = {
  windowSeconds: number;
  keysMax?: number;
  /** Monotonic milliseconds. */
  nowMs?: () => number;
};

/** Rate limit in memory: a fixed window per key. Counts are per process and lost on restart. */
export class MemoryWindow implements FixedWindow {
  /** Bounded (LRU). */
  private readonly windows: LruCache<string, { consumed: number; endsAtMs: number }>;
  private readonly windowMs: number;
  private readonly nowMs: () => number;

  constructor({ windowSeconds, keysMax = KEYS_MAX, nowMs = () => performance.now() }: MemoryWindowOptions) {
    this.windows = lruCache({ maxSize: keysMax });
    this.windowMs = windowSeconds * 1000;
    this.nowMs = nowMs;
  }

  async peek(key: string): Promise<Usage> {
    return this.usage(key);
  }

  async consume(key: string): Promise<Usage> {
    const { consumed, msLeft } = this.usage(key);
    this.windows.set(key, { consumed: consumed + 1, endsAtMs: this.nowMs() + msLeft });
    return { consumed: consumed + 1, msLeft };
  }

  async refund(key: string): Promise<void> {
    const { consumed, msLeft } = this.usage(key);
    if (consumed > 0) this.windows.set(key, { consumed: consumed - 1, endsAtMs: this.nowMs() + msLeft });
  }

  async reset(key: string): Promise<void> {
    this.windows.delete(key);
  }

  private usage(key: string): Usage {
    const window = this.windows.get(key);
    const now = this.nowMs();
    if (window === undefined || window.endsAtMs <= now) return { consumed: 0, msLeft: this.windowMs };
    return { consumed: window.consumed, msLeft: window.endsAtMs - now };
  }
}

const KEYS_MAX = 50_000;
