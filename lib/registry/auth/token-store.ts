import { repositoryPath } from "@/lib/extension/reference/repository";
import { type LruCache, lruCache } from "@/lib/platform/lru-cache";
import { SingleFlight } from "@/lib/platform/single-flight";
import { fetchToken, type IssuedToken } from "@/lib/registry/auth/token";
import type { BearerChallenge } from "@/lib/registry/transport/challenge";
import type { Access } from "@/lib/registry/transport/connection";

/** Bounded, because anonymous callers can name any repository; an evicted token costs one more request. */
const TOKENS_MAX = 2_000;

/** Token cache by credentials, registry and repository: LRU, filled by single-flight. */
export class TokenStore {
  readonly #tokens: LruCache<string, IssuedToken>;
  readonly #fetches = new SingleFlight<string, IssuedToken>();

  constructor(tokensMax = TOKENS_MAX) {
    this.#tokens = lruCache({ maxSize: tokensMax });
  }

  /** A valid token, cached or new, but never the one in `refused`. */
  async authorization(access: Access, challenge: BearerChallenge, refused?: string): Promise<string> {
    const line = access.credentials?.line ?? "anonymous";
    const key = `${line} ${access.entry.host} ${repositoryPath(access.subject.repository)}`;
    const known = this.#tokens.get(key);
    if (known !== undefined && known.expiresAtMs > access.connection.now()) {
      if (bearer(known) !== refused) return bearer(known);
    }
    return bearer(await this.#fetches.run(key, () => this.fetchAndKeep(key, access, challenge)));
  }

  private async fetchAndKeep(key: string, access: Access, challenge: BearerChallenge): Promise<IssuedToken> {
    const issued = await fetchToken(access, challenge);
    this.#tokens.set(key, issued);
    return issued;
  }
}

function bearer({ token }: IssuedToken): string {
  return `Bearer ${token}`;
}
