/** Quota of pre-flights, a rate limit on the database that processes share. */

import { type Actor, actorUserId } from "@/lib/journal/actor";
import type { Database } from "@/lib/platform/db/database";
import { type AppError, hasCode } from "@/lib/platform/errors";
import type { Standing } from "@/lib/platform/fair-queue";
import { DatabaseWindow } from "@/lib/platform/rate-limits/database-window";
import type { FixedWindow } from "@/lib/platform/rate-limits/fixed-window";
import { MemoryWindow } from "@/lib/platform/rate-limits/memory-window";
import { networkOf } from "@/lib/platform/rate-limits/network-of";
import { rateLimited } from "@/lib/platform/rate-limits/rate-limited";

/** Who requests a pre-flight: an account, or a network without a sign-in. */
export type Requester = { actor: Actor; ip: string };

export type PreflightQuota = {
  /** Counts one pre-flight; throws `too_many_requests` above the quota. */
  consume(requester: Requester): Promise<void>;
};

const WINDOW_SECONDS = 60;
const PER_MINUTE = { anonymous: 10, account: 120 } as const;

/** Pre-flights work without the database, so each process counts for itself while the database does not answer. */
export function createPreflightQuota(db: () => Pick<Database, "prisma">): PreflightQuota {
  const shared = (name: string) => new DatabaseWindow({ name, windowSeconds: WINDOW_SECONDS, db });
  const windows: Record<Standing, FixedWindow> = {
    anonymous: shared("preflight-network"),
    account: shared("preflight-account"),
  };
  const fallback = new MemoryWindow({ windowSeconds: WINDOW_SECONDS });
  return {
    async consume(requester) {
      const { key, standing } = turnOf(requester);
      const { consumed, msLeft } = await windows[standing].consume(key).catch((error: unknown) => {
        if (hasCode(error, "database_unavailable")) return fallback.consume(key);
        throw error;
      });
      if (consumed > PER_MINUTE[standing]) throw spent(standing, msLeft);
    },
  };
}

/** An account, or a network without a sign-in; an IPv6 /64 is one network. */
export function turnOf({ actor, ip }: Requester): { key: string; standing: Standing } {
  const userId = actorUserId(actor);
  return userId === undefined
    ? { key: networkOf(ip), standing: "anonymous" }
    : { key: userId, standing: "account" };
}

function spent(standing: Standing, msLeft: number): AppError {
  const whose = standing === "account" ? "your account" : "your network";
  return rateLimited(`More than ${PER_MINUTE[standing]} images per minute were checked from ${whose}.`, {
    msLeft,
    suggestion: (seconds) =>
      standing === "account"
        ? `Wait ${seconds} seconds.`
        : `Wait ${seconds} seconds, or sign in: an account can check ${PER_MINUTE.account} per minute.`,
    apiHint: (seconds) =>
      standing === "account"
        ? `Wait ${seconds} seconds.`
        : `Wait ${seconds} seconds, or send an API token, which allows ${PER_MINUTE.account} per minute.`,
  });
}
