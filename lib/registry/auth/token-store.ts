import { repositoryPath } from "@/lib/extension/reference/repository";
import { RecentMap } from "@/lib/platform/recent-map";
import { fetchToken, type IssuedToken } from "@/lib/registry/auth/token";
import type { Access } from "@/lib/registry/transport/access";
import type { BearerChallenge } from "@/lib/registry/transport/challenge";

/** Strangers may ask about any repository; a token that was forgotten costs one more request. */
const TOKENS_MAX = 2_000;

/** Tokens by registry and repository. One request per token, however many wait for it. */
export class TokenStore {
  readonly #tokens: RecentMap<string, Promise<IssuedToken>>;

  constructor(tokensMax = TOKENS_MAX) {
    this.#tokens = new RecentMap(tokensMax);
  }

  /** A token that is still good, known or new; never the one in `refused`. */
  async authorization(access: Access, challenge: BearerChallenge, refused?: string): Promise<string> {
    const key = `${access.entry.host} ${repositoryPath(access.subject.repository)}`;
    const known = await this.#tokens.get(key);
    if (known !== undefined && known.expiresAtMs > access.connection.now()) {
      if (bearer(known) !== refused) return bearer(known);
    }
    const pending = fetchToken(access, challenge);
    this.#tokens.set(key, pending);
    try {
      return bearer(await pending);
    } catch (error) {
      // A failure is told to whoever waits, and not remembered.
      if (this.#tokens.get(key) === pending) this.#tokens.delete(key);
      throw error;
    }
  }
}

function bearer({ token }: IssuedToken): string {
  return `Bearer ${token}`;
}
