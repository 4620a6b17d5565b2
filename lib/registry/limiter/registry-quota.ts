import type { ResponseHeaders } from "@/lib/egress/response";
import type { Priority } from "@/lib/platform/priority-semaphore";

/** The quota that a registry reports (Docker Hub's `ratelimit-limit` and `ratelimit-remaining`, `100;w=21600`). */
export type RegistryQuota = { limit: number; remaining: number; seenAtMs: number };

/** The share of the quota that each priority leaves to higher ones. */
const RESERVES: Record<Priority, number> = { interactive: 0, background: 0.1, anonymous: 0.5 };

/** TTL of a reported quota. Afterwards it is unknown, and background work tries again, one request at a time. */
const FRESH_MS = 15 * 60 * 1000;

export function createRegistryQuota() {
  let seen: RegistryQuota | undefined;
  const isLow = () => seen !== undefined && seen.remaining <= reserveOf(seen, "background");
  return {
    seen: () => seen,
    isLow,
    see(headers: ResponseHeaders, nowMs: number): void {
      const limit = countOf(headers.get("ratelimit-limit"));
      const remaining = countOf(headers.get("ratelimit-remaining"));
      if (limit !== undefined && remaining !== undefined) seen = { limit, remaining, seenAtMs: nowMs };
    },
    /** Until when requests of this priority are held back. `underway` includes the current request. */
    keptUntil(priority: Priority, underway: number, nowMs: number): number | undefined {
      if (priority === "interactive" || seen === undefined || nowMs >= seen.seenAtMs + FRESH_MS)
        return undefined;
      return seen.remaining - underway < reserveOf(seen, priority) ? seen.seenAtMs + FRESH_MS : undefined;
    },
  };
}

function reserveOf({ limit }: RegistryQuota, priority: Priority): number {
  return Math.ceil(limit * RESERVES[priority]);
}

function countOf(value: string | undefined): number | undefined {
  const [, digits] = /^\s*(\d{1,12})\s*(?:;|$)/.exec(value ?? "") ?? [];
  return digits === undefined ? undefined : Number(digits);
}
