import type { GuardedResponse } from "@/lib/egress/response";
import { RETRY_AFTER_DEFAULT_SECONDS, retryAfterSeconds } from "@/lib/egress/retry-after";
import { createPrioritySemaphore, type Priority } from "@/lib/platform/priority-semaphore";
import { createAnonymousBudget } from "@/lib/registry/limiter/anonymous-budget";
import { createCircuitBreaker, type Outcome } from "@/lib/registry/limiter/circuit-breaker";
import {
  askedToWait,
  keptForPeople,
  leftAlone,
  strangersAreDone,
} from "@/lib/registry/limiter/limiter-errors";
import { createRegistryQuota, type RegistryQuota } from "@/lib/registry/limiter/registry-quota";

export type Pass = {
  /** What the host answered, as soon as its headers are there. */
  onResponse(response: GuardedResponse): void;
  /** The exchange is over; the first call counts. */
  release(outcome: Outcome): void;
};

export type HostLimiter = {
  /**
   * Waits for a place at the host. Throws at once `registry_rate_limited` while the host has asked us to wait or the
   * rest of its allowance is kept for others, and `registry_unreachable` while it is left alone after failures; the
   * signal's reason when that aborts. Nothing is sent then.
   */
  enter(priority: Priority, signal: AbortSignal | undefined): Promise<Pass>;
  view(): HostView;
  /** Nothing is known of it that must not be forgotten. */
  isIdle(): boolean;
};

/** Times in milliseconds since the epoch. */
export type HostView = {
  host: string;
  /** The host asked us to wait till then. */
  waitUntilMs?: number;
  /** After failures in a row it is left alone till then. */
  leftAloneUntilMs?: number;
  allowance?: RegistryQuota;
  requestsNow: number;
};

export type HostLimiterOptions = {
  /** Milliseconds since the epoch; the system's clock unless a test brings its own. */
  now?: () => number;
  /** Requests at once per host. */
  requestsAtOnce?: number;
  /** How many hosts are remembered. */
  hostsMax?: number;
  /** Told when a host asks us to wait or is left alone for a while. */
  onClosed?: (view: HostView) => void;
};

const REQUESTS_AT_ONCE = 12;

/** Slots that only people with accounts take, so that they don't wait behind slow scans. */
const PLACES_FOR_PEOPLE = 2;
/** Strangers together have a third of the slots. */
const STRANGERS_PART = 3;

export function createHostLimiter(host: string, options: HostLimiterOptions): HostLimiter {
  const { now = Date.now, requestsAtOnce = REQUESTS_AT_ONCE, onClosed } = options;
  const breaker = createCircuitBreaker();
  const allowance = createRegistryQuota();
  const strangers = createAnonymousBudget();
  const places = createPrioritySemaphore(() => ({
    total: breaker.isOpen() ? 1 : requestsAtOnce,
    background: allowance.isLow() ? 1 : Math.max(1, requestsAtOnce - PLACES_FOR_PEOPLE),
    anonymous: Math.max(1, Math.floor(requestsAtOnce / STRANGERS_PART)),
  }));
  let waitUntilMs = 0;

  function check(priority: Priority, underway: number): void {
    const nowMs = now();
    if (nowMs < waitUntilMs) throw askedToWait(host, waitUntilMs, nowMs);
    const retryAtMs = breaker.closedUntil(nowMs);
    if (retryAtMs !== undefined) throw leftAlone(host, breaker.failures(), retryAtMs, nowMs);
    const emptyUntilMs = priority === "anonymous" ? strangers.emptyUntil(nowMs) : undefined;
    if (emptyUntilMs !== undefined) throw strangersAreDone(host, emptyUntilMs, nowMs);
    const lookAgainAtMs = allowance.keptUntil(priority, underway, nowMs);
    if (lookAgainAtMs === undefined) return;
    if (priority === "anonymous") throw strangersAreDone(host, lookAgainAtMs, nowMs);
    throw keptForPeople(host, allowance.seen(), lookAgainAtMs, nowMs);
  }

  function onResponse(response: GuardedResponse): void {
    const nowMs = now();
    allowance.see(response.headers, nowMs);
    const until = nowMs + waitSeconds(response, nowMs) * 1000;
    if (until <= Math.max(nowMs, waitUntilMs)) return;
    waitUntilMs = until;
    onClosed?.(view());
  }

  function view(): HostView {
    const nowMs = now();
    const leftAloneUntilMs = breaker.closedUntil(nowMs);
    const seen = allowance.seen();
    return {
      host,
      requestsNow: places.taken(),
      ...(waitUntilMs > nowMs ? { waitUntilMs } : {}),
      ...(leftAloneUntilMs === undefined ? {} : { leftAloneUntilMs }),
      ...(seen === undefined ? {} : { allowance: seen }),
    };
  }

  return {
    async enter(priority, signal) {
      check(priority, places.taken() + 1);
      const giveBack = await places.take(priority, signal);
      try {
        // While this one waited, another may have been told to stay away.
        check(priority, places.taken());
      } catch (error) {
        giveBack();
        throw error;
      }
      if (priority === "anonymous") strangers.spend(now());
      const ended = breaker.begin();
      let left = false;
      return {
        onResponse,
        release(outcome) {
          if (left) return;
          left = true;
          const closed = ended(outcome, now());
          giveBack();
          if (closed) onClosed?.(view());
        },
      };
    },
    view,
    isIdle: () =>
      places.taken() === 0 &&
      waitUntilMs <= now() &&
      breaker.failures() === 0 &&
      !allowance.isLow() &&
      strangers.isUntouched(now()),
  };
}

/** 429 always means to wait; 503 only where it says how long. */
function waitSeconds({ status, headers }: GuardedResponse, nowMs: number): number {
  if (status !== 429 && status !== 503) return 0;
  const stated = retryAfterSeconds(headers, nowMs);
  return stated ?? (status === 429 ? RETRY_AFTER_DEFAULT_SECONDS : 0);
}
