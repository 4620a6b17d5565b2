/**
 * The page cache (LRU, stale-while-revalidate): decides which cached page can be served, and when to render it again.
 */

import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import type { Clock } from "@/lib/platform/clock";
import { hasCode } from "@/lib/platform/errors";
import type { Log } from "@/lib/platform/log";
import { type LruCache, lruCache } from "@/lib/platform/lru-cache";
import { SingleFlight } from "@/lib/platform/single-flight";
import { type NonceTemplate, nonceTemplate, templateBytes } from "@/lib/process/page-cache/nonce-template";
import type { PageRequest } from "@/lib/process/page-cache/page-request";
import type { RenderedPage, RenderPage } from "@/lib/process/page-cache/render-page";
import type { PageRequester } from "@/lib/process/pages/page-limits";

export type PageCacheOptions = {
  render: RenderPage;
  /** The snapshot that pages show, compared by identity. Undefined while pages would be incomplete. */
  snapshot(): { builtAt: Date } | undefined;
  /** Whether the table of releases contains the host, which bounds the number of such hosts. */
  isKnownHost(host: HostChoice): boolean;
  clock: Clock;
  log: Log;
  bytesMax?: number;
};

/** Uncacheable pages are recorded, too; otherwise they would be rendered twice. */
type Kept = {
  template: NonceTemplate | undefined;
  builtAt: Date;
  madeAtMs: number;
  /** When the page last matched what Next would render. */
  rightAtMs: number;
};

type Renders = { builtAt: Date; flights: SingleFlight<string, NonceTemplate | undefined> };

const BYTES_MAX = 64 * 1024 * 1024;
/** The minimum size that a page counts as, which also bounds their number. */
const ENTRY_BYTES_MIN = 4 * 1024;
/** The largest fraction of the cache for one page. */
const PAGE_PART = 1 / 8;
/** Separate space for pages with queries, invented hosts or invented names. */
const PASSING_PART = 1 / 8;
/** How long a stale page is served while it is rendered again. */
const STALE_MS = 2_000;
/** Bounded because pages say "3 minutes ago". */
const AGE_MAX_MS = 30_000;

export class PageCache {
  private readonly kept: LruCache<string, Kept>;
  /** Pages with URLs that clients can invent; they never evict the others. */
  private readonly passing: LruCache<string, Kept>;
  private renders: Renders | undefined;

  constructor(private readonly options: PageCacheOptions) {
    const bytesMax = options.bytesMax ?? BYTES_MAX;
    this.kept = lruCache({ maxSize: bytesMax, sizeOf });
    this.passing = lruCache({ maxSize: bytesMax * PASSING_PART, sizeOf });
  }

  /**
   * Undefined: Next must respond. A promise, which never rejects, only if the visitor must wait. A page that has to be
   * rendered counts against `requester`.
   */
  find(
    page: PageRequest,
    requester: PageRequester,
  ): NonceTemplate | undefined | Promise<NonceTemplate | undefined> {
    const snapshot = this.options.snapshot();
    if (snapshot === undefined) return undefined;
    const nowMs = this.options.clock.now().getTime();
    const kept = this.kept.get(page.key) ?? this.passing.get(page.key);
    if (kept === undefined) return this.make(page, snapshot.builtAt, nowMs, requester);
    if (kept.builtAt === snapshot.builtAt && nowMs < kept.madeAtMs + AGE_MAX_MS) {
      kept.rightAtMs = nowMs;
      return kept.template;
    }
    const made = this.make(page, snapshot.builtAt, nowMs, requester);
    return nowMs - kept.rightAtMs <= STALE_MS ? kept.template : made;
  }

  /** Single-flight per page and snapshot. */
  private make(
    page: PageRequest,
    builtAt: Date,
    nowMs: number,
    requester: PageRequester,
  ): Promise<NonceTemplate | undefined> {
    if (this.renders?.builtAt !== builtAt) this.renders = { builtAt, flights: new SingleFlight() };
    return this.renders.flights.run(page.key, () => this.render(page, builtAt, nowMs, requester));
  }

  private async render(
    page: PageRequest,
    builtAt: Date,
    nowMs: number,
    requester: PageRequester,
  ): Promise<NonceTemplate | undefined> {
    try {
      requester.consume();
      const rendered = await requester.render(() => this.options.render(page));
      const template = this.templateOf(rendered, page);
      // A failure can be over by the next request; anything else is cached like a page.
      if (rendered.status < 500) this.keep(page, { template, builtAt, madeAtMs: nowMs, rightAtMs: nowMs });
      return template;
    } catch (err) {
      // The same rate limits reject the request on its way to Next, with an error page.
      if (hasCode(err, "too_many_requests") || hasCode(err, "busy")) return undefined;
      this.options.log.warn({ err, page: page.address }, "a page could not be rendered for the cache");
      return undefined;
    }
  }

  /** A slow render of an older snapshot never replaces a newer page. */
  private keep(page: PageRequest, made: Kept): void {
    const cache = this.isBounded(page, made) ? this.kept : this.passing;
    const present = cache.get(page.key);
    if (present === undefined || present.builtAt <= made.builtAt) cache.set(page.key, made);
  }

  private isBounded({ isPlain, host }: PageRequest, { template }: Kept): boolean {
    if (!isPlain || template === undefined) return false;
    return host === undefined || this.options.isKnownHost(host);
  }

  private templateOf(rendered: RenderedPage, { address }: PageRequest): NonceTemplate | undefined {
    const { status, contentType, setsCookie, html, placeholder } = rendered;
    if (status !== 200 || setsCookie || !contentType.startsWith("text/html")) return undefined;
    const template = nonceTemplate(html, placeholder);
    if (template === undefined) {
      this.options.log.error(
        { page: address },
        "a page reveals its nonce outside nonce attributes; it is not cached",
      );
      return undefined;
    }
    const bytesMax = (this.options.bytesMax ?? BYTES_MAX) * PAGE_PART;
    return templateBytes(template) <= bytesMax ? template : undefined;
  }
}

function sizeOf({ template }: Kept): number {
  return ENTRY_BYTES_MIN + (template ? templateBytes(template) : 0);
}
