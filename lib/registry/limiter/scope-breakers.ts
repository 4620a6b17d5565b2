import { type LruCache, lruCache } from "@/lib/platform/lru-cache";
import { createCircuitBreaker } from "@/lib/registry/limiter/circuit-breaker";

/** Bounded, because anonymous callers can name any repository; an evicted scope starts again without failures. */
const SCOPES_MAX = 1_000;

/**
 * How many consecutive failures of one scope count against its host. Fewer than open the circuit of a host, so a token
 * server that fails for one repository stays open for its neighbors, and one that fails for two is taken as down.
 */
const SHARE = 3;

type Scope = { breaker: ReturnType<typeof createCircuitBreaker>; counted: number; since: number };

/** A circuit breaker for each scope of a token server (a repository), next to the one of its host. */
export class ScopeBreakers {
  readonly #scopes: LruCache<string, Scope> = lruCache({ maxSize: SCOPES_MAX });
  /** Increases whenever the host answers, which ends all series of failures that count against it. */
  #answers = 0;

  at(scope: string): Scope["breaker"] {
    const known = this.#scopes.get(scope);
    if (known !== undefined) return known.breaker;
    const breaker = createCircuitBreaker();
    this.#scopes.set(scope, { breaker, counted: 0, since: this.#answers });
    return breaker;
  }

  answered(): void {
    this.#answers += 1;
  }

  /** Whether another failure of this scope counts against the host. */
  countsAgainstHost(scope: string): boolean {
    const known = this.#scopes.get(scope);
    if (known === undefined) return true;
    if (known.since !== this.#answers) Object.assign(known, { counted: 0, since: this.#answers });
    known.counted += 1;
    return known.counted <= SHARE;
  }
}
