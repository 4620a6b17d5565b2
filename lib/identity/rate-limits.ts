/**
 * Rate limits on guessing passwords and secret links (brute-force protection), and on writes by forms. On the database, so that processes share the
 * counts. No limit is for a whole network, because that would let one neighbor, or everyone behind one proxy, lock out people
 * whose passwords are right.
 */

import { WRITE_WINDOW, type WriteQuota, writeQuotaOver } from "@/lib/identity/write-quota";
import type { Database } from "@/lib/platform/db/database";
import { hasCode } from "@/lib/platform/errors";
import { DatabaseWindow } from "@/lib/platform/rate-limits/database-window";
import type { FixedWindow, Usage } from "@/lib/platform/rate-limits/fixed-window";
import { networkOf } from "@/lib/platform/rate-limits/network-of";
import { rateLimited } from "@/lib/platform/rate-limits/rate-limited";

const WINDOW_SECONDS = 15 * 60;
const ACCOUNT_WINDOW_SECONDS = 60 * 60;

/** Wrong sign-ins to one account from one network, or from one known device. */
const PAIR_FAILURES_MAX = 10;
/** Wrong sign-ins to one account from everywhere, after which each network gets fewer attempts, but never none. */
const ACCOUNT_FAILURES_CALM = 50;
const PAIR_FAILURES_MAX_UNDER_ATTACK = 3;
const WRONG_LINKS_MAX = 10;

export type IdentityRateLimits = {
  signIn: SignInLimiter;
  /** Of forms; the API counts in the same window. */
  writes: WriteQuota;
  /** Throws `too_many_attempts` once this network has tried too many wrong links. Call it before a link is looked up. */
  refuseGuessedLinks(ip: string): Promise<void>;
  /** Counts a wrong setup token or invitation; throws `too_many_attempts` above the limit. */
  consumeWrongLink(ip: string): Promise<void>;
};

export type SignInLimiter = {
  /**
   * Counts an attempt before the password is checked, so that parallel attempts count too; throws `too_many_attempts`.
   * `device`: what is known to belong to the account (a device that signed in before, a session). Its attempts have a count
   * of their own, so other people's failures never block it.
   */
  consume(account: string, ip: string, device?: string): Promise<SignInAttempt>;
};

export type SignInAttempt = {
  /** The password was right: forgets the earlier failures of this account from here. */
  succeed(): Promise<void>;
  /** The password was never checked (the queue was full): this attempt does not count. */
  refund(): Promise<void>;
};

/** A fixed window of this name and length. */
export type OpenWindow = (name: string, windowSeconds: number) => FixedWindow;

export function createIdentityRateLimits(db: Database): IdentityRateLimits {
  return identityRateLimitsOver(
    (name, windowSeconds) => new DatabaseWindow({ name, windowSeconds, db: () => db }),
  );
}

export function identityRateLimitsOver(open: OpenWindow): IdentityRateLimits {
  const wrongLinks = open("wrong-link", WINDOW_SECONDS);
  return {
    signIn: createSignInLimiter(open),
    writes: writeQuotaOver(open(WRITE_WINDOW.name, WRITE_WINDOW.windowSeconds)),
    async refuseGuessedLinks(ip) {
      refuseAbove(WRONG_LINKS_MAX - 1, await wrongLinks.peek(networkOf(ip)));
    },
    async consumeWrongLink(ip) {
      refuseAbove(WRONG_LINKS_MAX, await wrongLinks.consume(networkOf(ip)));
    },
  };
}

function createSignInLimiter(open: OpenWindow): SignInLimiter {
  const pairs = open("sign-in-pair", WINDOW_SECONDS);
  const devices = open("sign-in-device", WINDOW_SECONDS);
  const accounts = open("sign-in-account", ACCOUNT_WINDOW_SECONDS);
  return {
    async consume(account, ip, device) {
      if (device !== undefined) {
        refuseAbove(PAIR_FAILURES_MAX, await devices.consume(device));
        return { succeed: () => devices.reset(device), refund: () => devices.refund(device) };
      }
      const pair = `${networkOf(ip)} ${account}`;
      const underAttack = (await accounts.peek(account)).consumed >= ACCOUNT_FAILURES_CALM;
      const pairMax = underAttack ? PAIR_FAILURES_MAX_UNDER_ATTACK : PAIR_FAILURES_MAX;
      refuseAbove(pairMax, await pairs.consume(pair));
      await accounts.consume(account);
      return {
        async succeed() {
          await accounts.refund(account);
          await pairs.reset(pair);
        },
        async refund() {
          await accounts.refund(account);
          await pairs.refund(pair);
        },
      };
    },
  };
}

/** Refunds the attempt when `work` fails before the password was checked. */
export async function refundingOnError<Result>(
  attempt: SignInAttempt | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await attempt?.refund().catch(exceptUnavailable);
    throw error;
  }
}

/** Without the database the attempt stays counted until its window ends; the first error matters more. */
function exceptUnavailable(error: unknown): void {
  if (!hasCode(error, "database_unavailable")) throw error;
}

function refuseAbove(max: number, { consumed, msLeft }: Usage): void {
  if (consumed <= max) return;
  throw rateLimited("Too many failed attempts.", {
    code: "too_many_attempts",
    msLeft,
    suggestion: (seconds) => `Wait ${minutesInWords(seconds)} and try again.`,
  });
}

function minutesInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
