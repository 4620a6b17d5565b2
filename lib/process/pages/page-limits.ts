/** Limits on pages that have to be rendered: per network, and one line for the whole process with accounts first. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { networkOf } from "@/lib/identity/throttles";
import { AppError } from "@/lib/platform/errors";
import { createFairQueue, type Turn } from "@/lib/platform/fair-queue";
import { TokenBuckets } from "@/lib/platform/token-buckets";

/** Whoever asks for a page. */
export type PageAsker = {
  /** Throws `too_many_requests` when the network asks too fast. */
  press(): void;
  /** Renders in turn; throws `busy` when the line is full. */
  render<Result>(work: () => Promise<Result>): Promise<Result>;
};

export type PageLimits = {
  asker(req: IncomingMessage, clientIp: string): PageAsker;
};

/** A visit of a page with its parts and prefetches is a handful of requests. */
const NETWORK = { perSecond: 10, burst: 150 };
const LIMITS = {
  ...{ atOnce: 4, atOncePerKey: 2, reserved: 1 },
  ...{ waiting: 100, waitingPerKey: 20, waitingReserved: 40 },
};
const BUSY = { busyMessage: "This Gantry is rendering as many pages as it can.", retryAfterSeconds: 2 };
const MS_PER_SECOND = 1000;

/** For load tests. */
export const NO_PAGE_LIMITS: PageLimits = {
  asker: () => ({ press: () => undefined, render: (work) => work() }),
};

export type PageLimitsOptions = {
  /** The account behind a cookie header, as far as that alone tells. */
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
    asker(req, clientIp) {
      const network = networkOf(clientIp);
      return {
        press() {
          const waitMs = buckets.take(network, nowMs());
          if (waitMs > 0) throw tooFast(Math.ceil(waitMs / MS_PER_SECOND));
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

/** Resolves when the answer begins or its connection ends: the page is rendered then, and a slow reader holds no slot. */
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

function tooFast(retryAfterSeconds: number): AppError {
  return new AppError("too_many_requests", "Your network asks for pages faster than this Gantry allows.", {
    suggestion: `Wait ${retryAfterSeconds} s and reload.`,
    retryable: true,
    retryAfterSeconds,
  });
}
