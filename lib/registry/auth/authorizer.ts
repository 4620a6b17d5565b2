import type { GuardedResponse } from "@/lib/egress/response";
import { repositoryPath } from "@/lib/extension/repository";
import type { AppError } from "@/lib/platform/errors";
import { basicAuthorization } from "@/lib/registry/auth/basic";
import { type BearerChallenge, type Challenge, parseChallenge } from "@/lib/registry/auth/challenge";
import { fetchToken, type IssuedToken } from "@/lib/registry/auth/token";
import { accessRefused, protocolError } from "@/lib/registry/errors";
import { type Access, refusalOf } from "@/lib/registry/transport/access";
import { cleanText } from "@/lib/registry/transport/clean-text";

/** Knows, for one client, what each registry asked for and which tokens are still good. */
export type Authorizer = {
  /** The `Authorization` for a request, as far as it is known without asking the registry. */
  current(access: Access): Promise<string | undefined>;
  /**
   * The `Authorization` that a 401 calls for: with another token than the one that was refused. Throws when there is
   * nothing that could help.
   */
  renew(access: Access, refused: GuardedResponse, used: string | undefined): Promise<string>;
};

export function createAuthorizer(): Authorizer {
  const challenges = new Map<string, Challenge>();
  const tokens = new TokenStore();
  return {
    async current(access) {
      const challenge = challenges.get(access.entry.origin);
      if (challenge?.scheme === "basic") return basicAuthorization(access.entry);
      return challenge?.scheme === "bearer" ? tokens.authorization(access, challenge) : undefined;
    },
    async renew(access, refused, used) {
      const challenge = parseChallenge(refused.headers.all("www-authenticate"));
      if (challenge === undefined)
        throw protocolError(access.entry, "it asks for a sign-in without saying how");
      const authorization = await answerTo(challenge, access, used);
      // Only now: what can't be answered for one repository must not be asked for all others of its registry.
      challenges.set(access.entry.origin, challenge);
      return authorization;
    },
  };

  async function answerTo(challenge: Challenge, access: Access, used: string | undefined): Promise<string> {
    if (challenge.scheme === "bearer") return tokens.authorization(access, challenge, used);
    if (challenge.scheme === "other") throw unknownScheme(access, challenge.names);
    const authorization = basicAuthorization(access.entry);
    if (authorization === undefined || authorization === used) throw accessRefused(refusalOf(access));
    return authorization;
  }
}

/** Tokens by registry and repository. One request per token, however many wait for it. */
class TokenStore {
  readonly #tokens = new Map<string, Promise<IssuedToken>>();

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

function unknownScheme({ entry }: Access, names: string[]): AppError {
  return protocolError(entry, `it only offers to sign in by ${cleanText(names.join(", "))}`, {
    retryable: false,
  });
}
