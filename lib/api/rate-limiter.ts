import type { Route, RouteLimit } from "@/lib/api/route";
import { networkOf } from "@/lib/identity/rate-limits";
import { AppError } from "@/lib/platform/errors";
import { TokenBuckets } from "@/lib/platform/rate-limits/token-buckets";

/** Holds back networks that ask one operation too often. */
export type RouteBrakes = {
  /** Counts one request; throws `too_many_requests` when it is one too many. Stored documents always pass. */
  press(route: Route, ip: string): void;
};

const MS_PER_SECOND = 1000;

export function createRouteBrakes(nowMs: () => number = () => performance.now()): RouteBrakes {
  const buckets = new Map<RouteLimit, TokenBuckets>();
  return {
    press({ limit }, ip) {
      if (limit === "stored") return;
      const known = buckets.get(limit) ?? new TokenBuckets(limit);
      buckets.set(limit, known);
      const waitMs = known.take(networkOf(ip), nowMs());
      if (waitMs > 0) throw tooMany(limit, Math.ceil(waitMs / MS_PER_SECOND));
    },
  };
}

function tooMany({ perSecond, burst }: RouteLimit, retryAfterSeconds: number): AppError {
  return new AppError("too_many_requests", "Your network asks faster than this operation allows.", {
    suggestion: `Wait ${retryAfterSeconds} s. Up to ${burst} requests may come at once, then ${perSecond} a second.`,
    retryable: true,
    retryAfterSeconds,
    details: { perSecond, burst },
  });
}
