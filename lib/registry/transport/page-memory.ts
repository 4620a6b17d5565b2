import { lruCache } from "@/lib/platform/lru-cache";

/** One page of a tag list. `dropped`: how many names on it are no tags. */
export type TagPage = { tags: string[]; dropped: number; next: URL | undefined };

/** Tag pages that the registry gave a version (`ETag`), so that it can say that nothing has changed (RFC 9110, 13.1.2). */
export type PageMemory = {
  /** The page that was read at this address, with the version to ask for. */
  get(address: string): { etag: string; page: TagPage } | undefined;
  /** Remembers the page, or forgets what was known when it has no usable version. */
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
