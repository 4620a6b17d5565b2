/** Whether a tag list has ended (decision 025): registries end a page without a `Link` for several reasons. */

import type { TagPage } from "@/lib/registry/transport/page-memory";

/** A page, and the page size that its request named; undefined if the registry accepts none. */
export type SizedPage = TagPage & { n: number | undefined };

/** The page size of the request after a page that may be cut. It tells registries apart that ignore `n`, `last` or both. */
export const TEST_SIZE = 2;

export function namesOn({ tags, dropped }: TagPage): number {
  return tags.length + dropped;
}

export type Paging = {
  /** The registry has sent a usable `Link`. */
  linked: boolean;
  /** Size of the pages of a registry that continues after `last` and sends no `Link`; undefined: it was not seen to. */
  ownSize: number | undefined;
};

/**
 * Whether a page without a `Link` can be one of several: it is full, or its size looks like the maximum of a registry
 * that sends less than `n`.
 */
export function mayBeCut(page: SizedPage, { linked, ownSize }: Paging): boolean {
  const count = namesOn(page);
  if (ownSize !== undefined) return count >= ownSize;
  return count > 0 && (count === page.n || (!linked && isPageSize(count)));
}

function isPageSize(count: number): boolean {
  return count % 10 === 0 || (count >= 16 && Number.isInteger(Math.log2(count)));
}

export type TestResult = { more: true } | { more: false; gap: string | undefined };

export type TestedList = Paging & {
  known: ReadonlySet<string>;
  /** The name that the test continued after. */
  last: string;
  /** The page before had a `Link`, though not a usable one. */
  claimsMore: boolean;
};

/** About a `Link` without a usable address or cursor. */
export const NOWHERE = "its next page leads nowhere";

/** What the page after `last` says about the list. `gap`: why it is not proven whole. */
export function testResult(page: SizedPage, { known, last, linked, claimsMore }: TestedList): TestResult {
  const repeated = page.tags.some((tag) => tag !== last && known.has(tag));
  if (page.tags.some((tag) => !known.has(tag)) || (page.dropped > 0 && !repeated)) return { more: true };
  if (claimsMore) return { more: false, gap: NOWHERE };
  // Nothing follows; some registries repeat the last name.
  if (!repeated) return { more: false, gap: undefined };
  // It ignores `last`, but it marks pages that are not the last one.
  if (linked || page.next !== undefined) return { more: false, gap: undefined };
  // It ignores the page size as well, so it has no pages.
  if (page.n !== undefined && namesOn(page) > page.n) return { more: false, gap: undefined };
  return { more: false, gap: "a page is full, and the registry does not continue after its last name" };
}
