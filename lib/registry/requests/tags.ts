import { setImmediate as nextTurn } from "node:timers/promises";
import type { Repository } from "@/lib/extension/reference/repository";
import { isAppError } from "@/lib/platform/errors";
import type { CallOptions, TagList } from "@/lib/registry/client-types";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import {
  mayBeCut,
  NOWHERE,
  namesOn,
  type Paging,
  type SizedPage,
  TEST_SIZE,
  type TestResult,
  testResult,
} from "@/lib/registry/requests/tag-list-end";
import { type TagPages, tagPages } from "@/lib/registry/requests/tag-pages";
import type { Connection } from "@/lib/registry/transport/connection";
import type { TagPage } from "@/lib/registry/transport/page-memory";

/** Processing this many tags takes a few milliseconds. */
const TAGS_PER_TURN = 10_000;

const PAGE_SIZE = REGISTRY_LIMITS.tagsPerPage;

/**
 * Lists all tags of a repository, page by page (distribution-spec, "Listing Tags"). Names that are not valid tags (some
 * registries list digests, empty texts and worse) are dropped and counted. An unreadable page fails the whole list, so
 * that a broken response never looks like deleted tags. A list whose end is not proven (decision 025) has
 * `complete: false`.
 */
export async function listTags(
  connection: Connection,
  repository: Repository,
  { signal }: CallOptions = {},
): Promise<TagList> {
  const listing = new TagListing(tagPages(connection, repository, signal));
  return listing.read();
}

/** Where to read on: a page that the registry names, or the one after the last name of a page. */
type Step = { url: URL; after?: string } | "end";

class TagListing {
  readonly #pages: TagPages;
  readonly #tags = new Set<string>();
  readonly #visited = new Set<string>();
  readonly #paging: Paging = { linked: false, ownSize: undefined };
  #dropped = 0;
  /** Why the list is not proven whole. */
  #gap: string | undefined;

  constructor(pages: TagPages) {
    this.#pages = pages;
  }

  async read(): Promise<TagList> {
    let step: Step = { url: this.#pages.url({ n: PAGE_SIZE }) };
    while (step !== "end") step = await this.visit(step);
    const list = { tags: [...this.#tags], dropped: this.#dropped };
    return this.#gap === undefined
      ? { ...list, complete: true }
      : { ...list, complete: false, gap: this.#gap };
  }

  private async visit({ url, after }: Exclude<Step, "end">): Promise<Step> {
    if (this.#visited.has(url.href)) return this.end("its pages form a loop");
    if (this.#visited.size >= REGISTRY_LIMITS.tagsPages)
      return this.end(`it has more than ${REGISTRY_LIMITS.tagsPages} pages`);
    this.#visited.add(url.href);
    const page = await this.#pages.read(url);
    const known = this.#tags.size;
    if (after !== undefined && page.tags.some((tag) => tag !== after && this.#tags.has(tag)))
      this.#gap = "its pages overlap";
    if (!(await this.add(page))) return this.end(`it has more than ${REGISTRY_LIMITS.tags} tags`);
    if (page.next instanceof URL && !this.#visited.has(page.next.href)) {
      this.#paging.linked = true;
      return { url: page.next };
    }
    const stoodStill = after !== undefined && this.#tags.size === known && page.dropped === 0;
    return stoodStill ? this.end(page.next && NOWHERE) : this.continueAfter(page);
  }

  /** The step after a page without a usable `Link`. */
  private async continueAfter(page: SizedPage): Promise<Step> {
    const claimsMore = page.next !== undefined;
    if (!claimsMore && !mayBeCut(page, this.#paging)) return "end";
    const { last } = page;
    if (last === undefined)
      return this.end(claimsMore ? NOWHERE : "a page is full, and its last name cannot be continued after");
    if (this.#paging.ownSize === undefined) {
      const result = await this.test(last, claimsMore);
      if (!result.more) return this.end(result.gap);
      this.#paging.ownSize = namesOn(page);
    }
    return { url: this.#pages.url({ n: PAGE_SIZE, last }), after: last };
  }

  private async test(last: string, claimsMore: boolean): Promise<TestResult> {
    try {
      const page = await this.#pages.read(this.#pages.url({ n: TEST_SIZE, last }));
      return testResult(page, { ...this.#paging, known: this.#tags, last, claimsMore });
    } catch (error) {
      if (!isAppError(error) || error.retryable) throw error;
      return { more: false, gap: "a page is full, and the registry refuses to continue after its last name" };
    }
  }

  private end(gap?: string): "end" {
    this.#gap ??= gap;
    return "end";
  }

  /** False when there are more tags than the limit. */
  private async add(page: TagPage): Promise<boolean> {
    // Yields to the event loop between parsing a large page and processing it.
    if (page.tags.length > TAGS_PER_TURN) await nextTurn();
    this.#dropped += page.dropped;
    for (const tag of page.tags) {
      if (this.#tags.size >= REGISTRY_LIMITS.tags && !this.#tags.has(tag)) return false;
      this.#tags.add(tag);
    }
    return true;
  }
}
