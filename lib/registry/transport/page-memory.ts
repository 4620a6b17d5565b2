import { lruCache } from "@/lib/platform/lru-cache";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";

/**
 * One page of a tag list. `dropped`: number of names on it that are not valid tags. `last`: the name after which the next
 * page starts. `next`: where its `Link` leads; `unusable` if there is one that leads nowhere.
 */
export type TagPage = {
  tags: string[];
  dropped: number;
  last: string | undefined;
  next: URL | "unusable" | undefined;
};

/** Cache of tag pages with an `ETag`, for conditional requests (RFC 9110, 13.1.2). */
export type PageMemory = {
  /** The cached page of this URL, with its `ETag`. */
  get(address: string): { etag: string; page: TagPage } | undefined;
  /** Caches the page, or removes the cached one if the new page has no usable `ETag`. */
  keep(address: string, etag: string | undefined, page: TagPage): void;
};

/** Tag names of all pages together. */
const NAMES_MAX = 200_000;

const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/;

export function createPageMemory(namesMax = NAMES_MAX): PageMemory {
  const pages = lruCache<string, { etag: string; page: TagPage }>({
    maxSize: namesMax,
    sizeOf: ({ page }) => page.tags.length,
  });
  return {
    get: (address) => pages.get(address),
    keep(address, etag, page) {
      if (etag === undefined || !ETAG.test(etag)) pages.delete(address);
      else pages.set(address, { etag, page });
    },
  };
}

/** The cache for requests with these credentials. */
export type CredentialedPages = (credentials: readonly RegistryCredentials[]) => PageMemory;

/**
 * Keeps what was read with credentials apart: other ones, and none, get an empty cache, even if the registry answers
 * them with 304.
 */
export function credentialedPages(): CredentialedPages {
  const anonymous = createPageMemory();
  let [lines, pages] = ["", anonymous];
  return (credentials) => {
    if (credentials.length === 0) return anonymous;
    const wanted = JSON.stringify(credentials.map(({ line, unusable }) => [line, unusable === undefined]));
    if (wanted !== lines) [lines, pages] = [wanted, createPageMemory()];
    return pages;
  };
}
