import { HostLimiter, type HostLimiterOptions, type HostView } from "@/lib/registry/limiter/host-limiter";

/** One limiter per host, shared by all clients of the process, so that a rate limit applies to all of them. */
export type HostLimiters = {
  /** The limiter of `host:port`, created on first use. Each account has its own allowance there, and its own limiter. */
  at(host: string, account?: string): HostLimiter;
  /** The state of each host, for operators. */
  view(): HostView[];
};

/** Registries can redirect to any host, so the number of hosts is bounded; idle ones are evicted first. */
const HOSTS_MAX = 1_000;

export function createHostLimiters(options: HostLimiterOptions = {}): HostLimiters {
  const { hostsMax = HOSTS_MAX } = options;
  /** LRU order, least recently used first. */
  const limiters = new Map<string, HostLimiter>();
  return {
    at(host, account) {
      const key = account === undefined ? host : `${host} ${account}`;
      const limiter = limiters.get(key) ?? new HostLimiter(host, options);
      limiters.delete(key);
      if (limiters.size >= hostsMax) forgetOne(limiters);
      limiters.set(key, limiter);
      return limiter;
    },
    view: () => [...limiters.values()].map((limiter) => limiter.view()),
  };
}

/** Evicts the oldest idle host, so that new hosts cannot exhaust memory; never one with a request in flight. */
function forgetOne(limiters: Map<string, HostLimiter>): void {
  const unused = [...limiters].filter(([, limiter]) => limiter.view().requestsNow === 0);
  const [host] = unused.find(([, limiter]) => limiter.isIdle()) ?? unused[0] ?? [];
  if (host !== undefined) limiters.delete(host);
}
