/** Rate limits on rendered pages: per network in memory, and one queue for the whole process with accounts first. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { createFairQueue, type Turn } from "@/lib/platform/fair-queue";
import { networkOf } from "@/lib/platform/rate-limits/network-of";
import { rateLimited } from "@/lib/platform/rate-limits/rate-limited";
import { TokenBuckets } from "@/lib/platform/rate-limits/token-buckets";

/** The client that requests a page. */
export type PageRequester = {
  /** Counts one request; throws `too_many_requests` above the rate limit of the network. */
  consume(): void;
  /** Renders in turn; throws `busy` when the queue is full. */
  render<Result>(work: () => Promise<Result>): Promise<Result>;
};

export type PageLimits = {
  requester(req: IncomingMessage, clientIp: string): PageRequester;
};

/** Visiting a page, with its parts and prefetches, takes a handful of requests. */
const NETWORK = { perSecond: 10, burst: 150 };
const LIMITS = {
  ...{ atOnce: 4, atOncePerKey: 2, reserved: 1 },
  ...{ waiting: 100, waitingPerKey: 20, waitingReserved: 40 },
};
const BUSY = { busyMessage: "Gantry is rendering as many pages as it can.", retryAfterSeconds: 2 };

/** For load tests. */
export const NO_PAGE_LIMITS: PageLimits = {
  requester: () => ({ consume: () => undefined, render: (work) => work() }),
};

export type PageLimitsOptions = {
  /** The account that a cookie header reveals, without a database lookup. */
  recognize(cookie: string | undefined): Promise<string | undefined>;
  nowMs?: () => number;
};

export function createPageLimits({
  recognize,
  nowMs = () => performance.now(),
}: PageLimitsOptions): PageLimits {
  const buckets = new TokenBuckets(NETWORK);
  const queue = createFairQueue(LIMITS, BUSY);
  return {
    requester(req, clientIp) {
      const network = networkOf(clientIp);
      return {
        consume() {
          const msLeft = buckets.consume(network, nowMs());
          if (msLeft > 0) throw tooManyRequests(msLeft);
        },
        async render(work) {
          const account = await recognize(req.headers.cookie);
          const turn: Turn =
            account === undefined
              ? { key: network, standing: "anonymous" }
              : { key: account, standing: "account" };
          return queue.run(turn, work);
        },
      };
    },
  };
}

/**
 * Resolves when the response begins or its connection closes: by then the page is rendered, so a slow reader holds no
 * slot.
 */
export function untilAnswered(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const send = res.writeHead;
    res.writeHead = ((...head: Parameters<typeof send>) => {
      resolve();
      return send.apply(res, head);
    }) as typeof send;
    res.once("close", resolve);
  });
}

function tooManyRequests(msLeft: number): Error {
  return rateLimited("Your network exceeds the rate limit for pages.", {
    msLeft,
    suggestion: (seconds) => `Wait ${seconds} s and reload.`,
  });
}
