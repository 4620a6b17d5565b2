/** Which kept page may be sent now, and when it is made anew. */

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
  /** What pages are made of; a snapshot is known by this very object. Undefined while pages can't be whole. */
  snapshot(): { builtAt: Date } | undefined;
  /** Whether the table of releases has it, so that there are few of its kind. */
  isKnownHost(host: HostChoice): boolean;
  clock: Clock;
  log: Log;
  bytesMax?: number;
};

/** A page that Next has to answer itself is remembered, too: it would be made twice else. */
type Kept = {
  template: NonceTemplate | undefined;
  builtAt: Date;
  madeAtMs: number;
  /** When it was last known to show what Next would show. */
  rightAtMs: number;
};

type Renders = { builtAt: Date; flights: SingleFlight<string, NonceTemplate | undefined> };

const BYTES_MAX = 64 * 1024 * 1024;
/** What the smallest one counts as, which bounds their number, too. */
const ENTRY_BYTES_MIN = 4 * 1024;
/** One page may fill this part of the cache. */
const PAGE_PART = 1 / 8;
/** The space for pages with queries, made-up hosts or made-up names, besides the other. */
const PASSING_PART = 1 / 8;
/** How long an outdated page is sent while the new one is made. */
const STALE_MS = 2_000;
/** Pages say "3 minutes ago". */
const AGE_MAX_MS = 30_000;

export class PageCache {
  private readonly kept: LruCache<string, Kept>;
  /** Pages whose addresses strangers can make up without end; they never push out the others. */
  private readonly passing: LruCache<string, Kept>;
  private renders: Renders | undefined;

  constructor(private readonly options: PageCacheOptions) {
    const bytesMax = options.bytesMax ?? BYTES_MAX;
    this.kept = lruCache({ maxSize: bytesMax, sizeOf });
    this.passing = lruCache({ maxSize: bytesMax * PASSING_PART, sizeOf });
  }

  /**
   * Undefined: ask Next. A promise only where the visitor has to wait for the page; it never rejects. `requester` pays for a page
   * that has to be rendered.
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

  /** One at a time for each page and snapshot. */
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
      // A failure may be over by the next request; anything else holds as long as a page would.
      if (rendered.status < 500) this.keep(page, { template, builtAt, madeAtMs: nowMs, rightAtMs: nowMs });
      return template;
    } catch (err) {
      // Whoever was refused here is refused by the same limits on the way to Next, which says so.
      if (hasCode(err, "too_many_requests") || hasCode(err, "busy")) return undefined;
      this.options.log.warn({ err, page: page.address }, "a page could not be made for all visitors");
      return undefined;
    }
  }

  /** A slow answer made of an older snapshot never replaces a newer one. */
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
        "a page shows its nonce outside nonce attributes; it is not kept",
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
