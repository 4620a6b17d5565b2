/** Rate limits of operations: per network in memory for every request, per account in the database for writes. */

import type { Route, RouteLimit } from "@/lib/api/route";
import { WRITE_WINDOW, writeQuotaOver } from "@/lib/identity/write-quota";
import type { Actor } from "@/lib/journal/actor";
import { services } from "@/lib/journal/context";
import { DatabaseWindow } from "@/lib/platform/rate-limits/database-window";
import { networkOf } from "@/lib/platform/rate-limits/network-of";
import { rateLimited } from "@/lib/platform/rate-limits/rate-limited";
import { TokenBuckets } from "@/lib/platform/rate-limits/token-buckets";

export type RateLimiter = {
  /** Counts one request; throws `too_many_requests` above the limit. Stored documents always pass. */
  consume(route: Route, ip: string): void;
  /** Counts one write of an account across processes; throws `too_many_requests` above the quota. Reads always pass. */
  consumeWrite(route: Route, actor: Actor): Promise<void>;
};

export function createRateLimiter(nowMs: () => number = () => performance.now()): RateLimiter {
  const buckets = new Map<RouteLimit, TokenBuckets>();
  const writes = writeQuotaOver(new DatabaseWindow({ ...WRITE_WINDOW, db: () => services.get().db }));
  return {
    consume({ limit }, ip) {
      if (limit === "stored") return;
      const known = buckets.get(limit) ?? new TokenBuckets(limit);
      buckets.set(limit, known);
      const msLeft = known.consume(networkOf(ip), nowMs());
      if (msLeft > 0) throw tooManyRequests(limit, msLeft);
    },
    async consumeWrite({ method }, actor) {
      if (method !== "GET") await writes.consume(actor);
    },
  };
}

function tooManyRequests({ perSecond, burst }: RouteLimit, msLeft: number): Error {
  return rateLimited("Your network exceeds the rate limit of this operation.", {
    msLeft,
    suggestion: (seconds) =>
      `Wait ${seconds} s. The limit is a burst of ${burst} requests, then ${perSecond} per second.`,
    details: { perSecond, burst },
  });
}
