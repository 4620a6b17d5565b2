import type { AppError } from "@/lib/platform/errors";
import { lruCache } from "@/lib/platform/lru-cache";
import { basicAuthorization } from "@/lib/registry/auth/basic";
import { TokenStore } from "@/lib/registry/auth/token-store";
import { cleanText } from "@/lib/registry/oci/clean-text";
import { accessRefused, loginRefused, protocolError } from "@/lib/registry/oci/errors";
import { type Challenge, parseChallenge } from "@/lib/registry/transport/challenge";
import { type Access, type Authorizer, refusalOf } from "@/lib/registry/transport/connection";

const CHALLENGES_MAX = 1_000;

/** `tokensMax`: maximum number of cached tokens. */
export function createAuthorizer(tokensMax?: number): Authorizer {
  /** By origin. Bounded, because registries can redirect to any number of hosts. */
  const challenges = lruCache<string, Challenge>({ maxSize: CHALLENGES_MAX });
  const tokens = new TokenStore(tokensMax);
  return {
    async current(access) {
      const challenge = challenges.get(access.entry.origin);
      if (challenge?.scheme === "basic") return basicAuthorization(access.credentials);
      return challenge?.scheme === "bearer" ? tokens.authorization(access, challenge) : undefined;
    },
    async renew(access, refused, used) {
      const challenge = parseChallenge(refused.headers.all("www-authenticate"));
      if (challenge === undefined)
        throw protocolError(access.entry, "it requires authentication without naming a scheme");
      const authorization = await answerTo(challenge, access, used);
      // Stored only on success: a challenge that fails for one repository must not apply to all others of its registry.
      challenges.set(access.entry.origin, challenge);
      return authorization;
    },
  };

  async function answerTo(challenge: Challenge, access: Access, used: string | undefined): Promise<string> {
    if (challenge.scheme === "bearer") return tokens.authorization(access, challenge, used);
    if (challenge.scheme === "other") throw unknownScheme(access, challenge.names);
    const authorization = basicAuthorization(access.credentials);
    if (authorization === undefined) throw accessRefused(refusalOf(access));
    if (authorization === used) throw loginRefused(access.entry);
    return authorization;
  }
}

function unknownScheme({ entry }: Access, names: string[]): AppError {
  return protocolError(entry, `it only supports authentication by ${cleanText(names.join(", "))}`, {
    retryable: false,
  });
}
