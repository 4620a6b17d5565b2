/** Which kept page may be sent now, and when it is made anew. */

import { BoundedCache } from "@/lib/platform/bounded-cache";
import type { Clock } from "@/lib/platform/clock";
import type { Log } from "@/lib/platform/log";
import type { PageRequest } from "@/lib/process/page-cache/page-request";
import { type PageTemplate, pageTemplate, templateBytes } from "@/lib/process/page-cache/page-template";
import type { RenderedPage, RenderPage } from "@/lib/process/page-cache/render-page";

export type PageCacheOptions = {
  render: RenderPage;
  /** What pages are made of; a snapshot is known by this very object. Undefined while pages can't be whole. */
  snapshot(): { builtAt: Date } | undefined;
  clock: Clock;
  log: Log;
  bytesMax?: number;
};

/** A page that Next has to answer itself is remembered, too: it would be made twice else. */
type Kept = {
  template: PageTemplate | undefined;
  builtAt: Date;
  madeAtMs: number;
  /** When it was last known to show what Next would show. */
  rightAtMs: number;
};

type Making = { builtAt: Date; template: Promise<PageTemplate | undefined> };

const BYTES_MAX = 64 * 1024 * 1024;
/** What the smallest one counts as, which bounds their number, too. */
const ENTRY_BYTES_MIN = 4 * 1024;
/** One page may fill this part of the cache. */
const PAGE_PART = 1 / 8;
/** How long an outdated page is sent while the new one is made. */
const STALE_MS = 2_000;
/** Pages say "3 minutes ago". */
const AGE_MAX_MS = 30_000;

export class PageCache {
  private readonly kept: BoundedCache<Kept>;
  private readonly making = new Map<string, Making>();

  constructor(private readonly options: PageCacheOptions) {
    this.kept = new BoundedCache(options.bytesMax ?? BYTES_MAX, sizeOf);
  }

  /** Undefined: ask Next. A promise only where the visitor has to wait for the page; it never rejects. */
  find(page: PageRequest): PageTemplate | undefined | Promise<PageTemplate | undefined> {
    const snapshot = this.options.snapshot();
    if (snapshot === undefined) return undefined;
    const nowMs = this.options.clock.now().getTime();
    const kept = this.kept.get(page.key);
    if (kept === undefined) return this.make(page, snapshot.builtAt, nowMs);
    if (kept.builtAt === snapshot.builtAt && nowMs < kept.madeAtMs + AGE_MAX_MS) {
      kept.rightAtMs = nowMs;
      return kept.template;
    }
    const made = this.make(page, snapshot.builtAt, nowMs);
    return nowMs - kept.rightAtMs <= STALE_MS ? kept.template : made;
  }

  /** One at a time for each page and snapshot. */
  private make(page: PageRequest, builtAt: Date, nowMs: number): Promise<PageTemplate | undefined> {
    const running = this.making.get(page.key);
    if (running?.builtAt === builtAt) return running.template;
    const making: Making = { builtAt, template: this.render(page, builtAt, nowMs) };
    this.making.set(page.key, making);
    void making.template.finally(() => {
      if (this.making.get(page.key) === making) this.making.delete(page.key);
    });
    return making.template;
  }

  private async render(page: PageRequest, builtAt: Date, nowMs: number): Promise<PageTemplate | undefined> {
    try {
      const rendered = await this.options.render(page);
      const template = this.templateOf(rendered, page);
      // A failure may be over by the next request; anything else holds as long as a page would.
      if (rendered.status < 500)
        this.keep(page.key, { template, builtAt, madeAtMs: nowMs, rightAtMs: nowMs });
      return template;
    } catch (err) {
      this.options.log.warn({ err, page: page.address }, "a page could not be made for all visitors");
      return undefined;
    }
  }

  /** A slow answer made of an older snapshot never replaces a newer one. */
  private keep(key: string, made: Kept): void {
    const present = this.kept.get(key);
    if (present === undefined || present.builtAt <= made.builtAt) this.kept.set(key, made);
  }

  private templateOf(rendered: RenderedPage, { address }: PageRequest): PageTemplate | undefined {
    const { status, contentType, setsCookie, html, placeholder } = rendered;
    if (status !== 200 || setsCookie || !contentType.startsWith("text/html")) return undefined;
    const template = pageTemplate(html, placeholder);
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
