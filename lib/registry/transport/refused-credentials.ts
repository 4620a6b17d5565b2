import type { Repository } from "@/lib/extension/reference/repository";
import type { AppError } from "@/lib/platform/errors";
import { type LruCache, lruCache } from "@/lib/platform/lru-cache";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";

/**
 * Remembers which credentials a registry refused: a scan of a thousand tags must not try a wrong password a thousand
 * times, because registries lock accounts for that.
 */
export type RefusedCredentials = {
  get(credentials: RegistryCredentials, repository: Repository): AppError | undefined;
  add(credentials: RegistryCredentials, repository: Repository, error: AppError): void;
};

/** How long refused credentials are not tried again. New ones are tried at once. */
const REMEMBERED_MS = 10 * 60 * 1000;
const REMEMBERED_MAX = 1_000;

type Refused = { error: AppError; untilMs: number };

export function createRefusedCredentials(now: () => number): RefusedCredentials {
  const refused: LruCache<string, Refused> = lruCache({ maxSize: REMEMBERED_MAX });
  const current = (key: string) => {
    const known = refused.get(key);
    return known !== undefined && known.untilMs > now() ? known.error : undefined;
  };
  return {
    get: ({ line }, repository) => current(line) ?? current(`${line} ${repository}`),
    add({ line }, repository, error) {
      const key = error.details?.refused === "login" ? line : `${line} ${repository}`;
      refused.set(key, { error, untilMs: now() + REMEMBERED_MS });
    },
  };
}
