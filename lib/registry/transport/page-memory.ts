/** One page of a tag list. `dropped`: how many names on it are no tags. */
export type TagPage = { tags: string[]; dropped: number; next: URL | undefined };

/** Tag pages that the registry gave a version (`ETag`), so that it can say that nothing has changed (RFC 9110, 13.1.2). */
export type PageMemory = {
  /** The page that was read at this address, with the version to ask for. */
  get(address: string): { etag: string; page: TagPage } | undefined;
  /** Remembers the page, or forgets what was known when it has no usable version. */
  keep(address: string, etag: string | undefined, page: TagPage): void;
};

/** Of all remembered pages together; the page that was not used for longest goes first. */
const NAMES_MAX = 200_000;

const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/;

export function createPageMemory(namesMax = NAMES_MAX): PageMemory {
  /** The one that was used last stands last. */
  const pages = new Map<string, { etag: string; page: TagPage }>();
  let names = 0;
  const forget = (address: string) => {
    names -= pages.get(address)?.page.tags.length ?? 0;
    pages.delete(address);
  };
  return {
    get(address) {
      const known = pages.get(address);
      if (known === undefined) return undefined;
      pages.delete(address);
      pages.set(address, known);
      return known;
    },
    keep(address, etag, page) {
      forget(address);
      if (etag === undefined || !ETAG.test(etag)) return;
      pages.set(address, { etag, page });
      names += page.tags.length;
      for (const oldest of pages.keys()) {
        if (names <= namesMax) return;
        forget(oldest);
      }
    },
  };
}
