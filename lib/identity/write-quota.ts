/** Rate limit on the writes of one account, by API or by form, shared by all processes. */

import { type Actor, actorUserId } from "@/lib/journal/actor";
import type { FixedWindow } from "@/lib/platform/rate-limits/fixed-window";
import { rateLimited } from "@/lib/platform/rate-limits/rate-limited";

export type WriteQuota = {
  /** Counts one write; throws `too_many_requests` above the quota. Requests without an account always pass. */
  consume(actor: Actor): Promise<void>;
};

/** The name and length of the window that every quota counts in. */
export const WRITE_WINDOW = { name: "account-write", windowSeconds: 60 } as const;

/** The rate that a network has in one process, for an account in all of them. */
const WRITES_PER_MINUTE = 3_000;

export function writeQuotaOver(window: FixedWindow): WriteQuota {
  return {
    async consume(actor) {
      const userId = actorUserId(actor);
      if (userId === undefined) return;
      const { consumed, msLeft } = await window.consume(userId);
      if (consumed > WRITES_PER_MINUTE) throw tooManyWrites(msLeft);
    },
  };
}

function tooManyWrites(msLeft: number): Error {
  return rateLimited(`Your account exceeds the quota of ${WRITES_PER_MINUTE} writes per minute.`, {
    msLeft,
    suggestion: (seconds) => `Wait ${seconds} s.`,
    details: { max: WRITES_PER_MINUTE },
  });
}
