import type { GuardedResponse } from "@/lib/egress/response";
import { RETRY_AFTER_DEFAULT_SECONDS, retryAfterSeconds } from "@/lib/egress/retry-after";
import { createPrioritySemaphore, type Priority } from "@/lib/platform/priority-semaphore";
import { createAnonymousBudget } from "@/lib/registry/limiter/anonymous-budget";
import { createCircuitBreaker, type Outcome } from "@/lib/registry/limiter/circuit-breaker";
import {
  askedToWait,
  keptForPeople,
  leftAlone,
  scopeLeftAlone,
  strangersAreDone,
} from "@/lib/registry/limiter/limiter-errors";
import { createRegistryQuota, type RegistryQuota } from "@/lib/registry/limiter/registry-quota";
import { ScopeBreakers } from "@/lib/registry/limiter/scope-breakers";

export type Pass = {
  /** Call this with the headers of the response. */
  onResponse(response: GuardedResponse): void;
  /** Ends the request; only the first call counts. */
  release(outcome: Outcome): void;
};

/** Times in milliseconds since the epoch. */
export type HostView = {
  host: string;
  /** The host is rate-limiting Gantry until then. */
  waitUntilMs?: number;
  /** The circuit is open until then. */
  leftAloneUntilMs?: number;
  allowance?: RegistryQuota;
  requestsNow: number;
};

export type HostLimiterOptions = {
  /** Milliseconds since the epoch. Default: the system's clock. */
  now?: () => number;
  /** Maximum number of concurrent requests per host. */
  requestsAtOnce?: number;
  /** Maximum number of hosts to keep. */
  hostsMax?: number;
  /** Called when a host rate-limits Gantry or its circuit opens. */
  onClosed?: (view: HostView) => void;
};

const REQUESTS_AT_ONCE = 12;

/** Slots reserved for interactive requests, so that they do not wait behind slow scans. */
const SLOTS_FOR_PEOPLE = 2;
/** Share of the slots available to anonymous callers. */
const ANONYMOUS_PART = 3;

/**
 * Limits the requests to one host: concurrency by priority, rate limits (429, `Retry-After`), quota, circuit breaker.
 */
export class HostLimiter {
  readonly #host: string;
  readonly #now: () => number;
  readonly #onClosed: HostLimiterOptions["onClosed"];
  readonly #breaker = createCircuitBreaker();
  readonly #scopes = new ScopeBreakers();
  readonly #quota = createRegistryQuota();
  readonly #anonymous = createAnonymousBudget();
  readonly #slots: ReturnType<typeof createPrioritySemaphore>;
  #waitUntilMs = 0;

  constructor(host: string, options: HostLimiterOptions) {
    const { now = Date.now, requestsAtOnce = REQUESTS_AT_ONCE, onClosed } = options;
    this.#host = host;
    this.#now = now;
    this.#onClosed = onClosed;
    this.#slots = createPrioritySemaphore(() => ({
      total: this.#breaker.isOpen() ? 1 : requestsAtOnce,
      background: this.#quota.isLow() ? 1 : Math.max(1, requestsAtOnce - SLOTS_FOR_PEOPLE),
      anonymous: Math.max(1, Math.floor(requestsAtOnce / ANONYMOUS_PART)),
    }));
  }

  /**
   * Waits for a slot. Throws `registry_rate_limited` at once while the host rate-limits Gantry or the rest of its quota
   * is reserved for others, `registry_unreachable` while the circuit of the host or of this scope is open, and the
   * signal's reason if it aborts. Nothing is sent in these cases. `scope`: the repository that a token is for.
   */
  async enter(priority: Priority, signal: AbortSignal | undefined, scope?: string): Promise<Pass> {
    this.check(priority, this.#slots.taken() + 1, scope);
    const giveBack = await this.#slots.take(priority, signal);
    try {
      // Another request can have closed the host during the wait.
      this.check(priority, this.#slots.taken(), scope);
    } catch (error) {
      giveBack();
      throw error;
    }
    if (priority === "anonymous") this.#anonymous.spend(this.#now());
    return this.pass(giveBack, scope);
  }

  view(): HostView {
    const nowMs = this.#now();
    const leftAloneUntilMs = this.#breaker.closedUntil(nowMs);
    const seen = this.#quota.seen();
    return {
      host: this.#host,
      requestsNow: this.#slots.taken(),
      ...(this.#waitUntilMs > nowMs ? { waitUntilMs: this.#waitUntilMs } : {}),
      ...(leftAloneUntilMs === undefined ? {} : { leftAloneUntilMs }),
      ...(seen === undefined ? {} : { allowance: seen }),
    };
  }

  /** Whether it can be evicted without losing state. */
  isIdle(): boolean {
    return (
      this.#slots.taken() === 0 &&
      this.#waitUntilMs <= this.#now() &&
      this.#breaker.failures() === 0 &&
      !this.#quota.isLow() &&
      this.#anonymous.isUntouched(this.#now())
    );
  }

  private pass(giveBack: () => void, scope: string | undefined): Pass {
    const ended = this.#breaker.begin();
    const endedForScope = scope === undefined ? undefined : this.#scopes.at(scope).begin();
    let released = false;
    return {
      onResponse: (response) => this.onResponse(response),
      release: (outcome) => {
        if (released) return;
        released = true;
        if (outcome === "answered") this.#scopes.answered();
        endedForScope?.(outcome === "failed_for_scope" ? "failed" : outcome, this.#now());
        const closed = ended(this.outcomeForHost(outcome, scope), this.#now());
        giveBack();
        if (closed) this.#onClosed?.(this.view());
      },
    };
  }

  /** A repository for which the host fails while others get answers says nothing about the host. */
  private outcomeForHost(outcome: Outcome, scope: string | undefined): Exclude<Outcome, "failed_for_scope"> {
    if (outcome !== "failed_for_scope") return outcome;
    const counts = scope === undefined || this.#breaker.isOpen() || this.#scopes.countsAgainstHost(scope);
    return counts ? "failed" : "unknown";
  }

  private check(priority: Priority, underway: number, scope: string | undefined): void {
    const nowMs = this.#now();
    if (nowMs < this.#waitUntilMs) throw askedToWait(this.#host, this.#waitUntilMs, nowMs);
    const retryAtMs = this.#breaker.closedUntil(nowMs);
    if (retryAtMs !== undefined) throw leftAlone(this.#host, this.#breaker.failures(), retryAtMs, nowMs);
    const scoped = scope === undefined ? undefined : this.#scopes.at(scope);
    const scopeRetryAtMs = scoped?.closedUntil(nowMs);
    if (scopeRetryAtMs !== undefined)
      throw scopeLeftAlone(this.#host, scope ?? "", {
        failures: scoped?.failures() ?? 0,
        untilMs: scopeRetryAtMs,
        nowMs,
      });
    const emptyUntilMs = priority === "anonymous" ? this.#anonymous.emptyUntil(nowMs) : undefined;
    if (emptyUntilMs !== undefined) throw strangersAreDone(this.#host, emptyUntilMs, nowMs);
    const lookAgainAtMs = this.#quota.keptUntil(priority, underway, nowMs);
    if (lookAgainAtMs === undefined) return;
    if (priority === "anonymous") throw strangersAreDone(this.#host, lookAgainAtMs, nowMs);
    throw keptForPeople(this.#host, this.#quota.seen(), lookAgainAtMs, nowMs);
  }

  private onResponse(response: GuardedResponse): void {
    const nowMs = this.#now();
    this.#quota.see(response.headers, nowMs);
    const until = nowMs + waitSeconds(response, nowMs) * 1000;
    if (until <= Math.max(nowMs, this.#waitUntilMs)) return;
    this.#waitUntilMs = until;
    this.#onClosed?.(this.view());
  }
}

/** 429 is always a rate limit; 503 only with a usable `Retry-After`. */
function waitSeconds({ status, headers }: GuardedResponse, nowMs: number): number {
  if (status !== 429 && status !== 503) return 0;
  const stated = retryAfterSeconds(headers, nowMs);
  return stated ?? (status === 429 ? RETRY_AFTER_DEFAULT_SECONDS : 0);
}
