import { networkOf } from "@/lib/identity/throttles";
import { type Actor, actorUserId } from "@/lib/journal/actor";
import { AppError } from "@/lib/platform/errors";
import type { Standing } from "@/lib/platform/fair-queue";
import { WindowCounts } from "@/lib/platform/window-counts";

/** Who sends the request: an account, or a network where no one is signed in. */
export type Asker = { actor: Actor; ip: string };

/** Rate limit for pre-flights, in memory: each process counts separately, and a restart resets the counts. */
export type Quota = {
  /** Counts one pre-flight; throws `too_many_requests`. */
  spend(asker: Asker): Promise<void>;
};

const WINDOW_SECONDS = 60;
const ANONYMOUS_PER_MINUTE = 10;
const ACCOUNT_PER_MINUTE = 120;

export function createQuota(): Quota {
  const networks = new WindowCounts({ windowSeconds: WINDOW_SECONDS });
  const accounts = new WindowCounts({ windowSeconds: WINDOW_SECONDS });
  return {
    async spend(asker) {
      const { key, standing } = turnOf(asker);
      const known = standing === "account";
      const max = known ? ACCOUNT_PER_MINUTE : ANONYMOUS_PER_MINUTE;
      const { count, msLeft } = (known ? accounts : networks).add(key);
      if (count > max) throw tooMany(max, known, msLeft);
    },
  };
}

/** The key of the rate limit: an account, or a network where no one is signed in. An IPv6 /64 is one network. */
export function turnOf({ actor, ip }: Asker): { key: string; standing: Standing } {
  const userId = actorUserId(actor);
  return userId === undefined
    ? { key: networkOf(ip), standing: "anonymous" }
    : { key: userId, standing: "account" };
}

function tooMany(max: number, known: boolean, msLeft: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msLeft / 1000));
  const whose = known ? "with your account" : "from your network";
  return new AppError("too_many_requests", `More than ${max} images were checked ${whose} within a minute.`, {
    suggestion: known
      ? `Wait ${retryAfterSeconds} seconds.`
      : `Wait ${retryAfterSeconds} seconds, or use an API token, which allows ${ACCOUNT_PER_MINUTE} a minute.`,
    retryable: true,
    retryAfterSeconds,
  });
}
