import {
  createHostLimiter,
  type HostLimiter,
  type HostLimiterOptions,
  type HostView,
} from "@/lib/registry/limiter/host-limiter";

/** One gate per host, shared by every client of the process, so that what one caller is told holds for all of them. */
export type HostLimiters = {
  /** The gate of `host:port`, made when first asked for. */
  at(host: string): HostLimiter;
  /** What is known of each host, for people who run this. */
  view(): HostView[];
};

/** Beyond so many hosts (registries may redirect anywhere) one is forgotten: first those of which nothing is known. */
const HOSTS_MAX = 1_000;

export function createHostLimiters(options: HostLimiterOptions = {}): HostLimiters {
  const { hostsMax = HOSTS_MAX } = options;
  /** The one that was used last stands last. */
  const gates = new Map<string, HostLimiter>();
  return {
    at(host) {
      const gate = gates.get(host) ?? createHostLimiter(host, options);
      gates.delete(host);
      if (gates.size >= hostsMax) forgetOne(gates);
      gates.set(host, gate);
      return gate;
    },
    view: () => [...gates.values()].map((gate) => gate.view()),
  };
}

/** Whoever leads us to ever new hosts that fail or ask us to wait pushes out the oldest; never one that is being asked. */
function forgetOne(gates: Map<string, HostLimiter>): void {
  const unused = [...gates].filter(([, gate]) => gate.view().requestsNow === 0);
  const [host] = unused.find(([, gate]) => gate.isIdle()) ?? unused[0] ?? [];
  if (host !== undefined) gates.delete(host);
}
