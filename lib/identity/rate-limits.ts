/**
 * Limits on guessing, in memory: after a restart a guesser has a handful of tries more. No limit is for a whole network,
 * because that would let one neighbor, or everyone behind one proxy, lock out people whose passwords are right.
 */

import ipaddr from "ipaddr.js";
import { AppError } from "@/lib/platform/errors";
import { type WindowCount, WindowCounts } from "@/lib/platform/rate-limits/memory-window";

const WINDOW_SECONDS = 15 * 60;
const ACCOUNT_WINDOW_SECONDS = 60 * 60;

/** Wrong sign-ins to one account from one network, or from one known device. */
const PAIR_FAILURES_MAX = 10;
/** After this many wrong sign-ins to one account from everywhere, each network gets fewer tries, but never none. */
const ACCOUNT_FAILURES_CALM = 50;
const PAIR_FAILURES_MAX_UNDER_ATTACK = 3;
const WRONG_LINKS_MAX = 10;

export type Throttles = {
  signIn: SignInThrottle;
  /** Throws `too_many_attempts` once too many wrong links came from this network. Call it before a link is looked up. */
  refuseGuessedLinks(ip: string): void;
  /** Counts a wrong set-up token or invitation; throws `too_many_attempts` once there were too many. */
  countWrongLink(ip: string): void;
};

export type SignInThrottle = {
  /**
   * Counts a try before the password is looked at, so that parallel tries count too; throws `too_many_attempts`. `device`:
   * what is known to belong to the account (a device that signed in before, a session). Its tries are counted by themselves,
   * so that nobody else's failures stop it.
   */
  begin(account: string, ip: string, device?: string): SignInTry;
};

export type SignInTry = {
  /** The password was right: forget the earlier failures of this account from here. */
  succeed(): void;
  /** Nothing was learned about the password (the database was away): this try does not count. */
  withdraw(): void;
};

export function createThrottles(): Throttles {
  const wrongLinks = new WindowCounts({ windowSeconds: WINDOW_SECONDS });
  return {
    signIn: createSignInThrottle(),
    refuseGuessedLinks(ip) {
      refuseAbove(WRONG_LINKS_MAX - 1, wrongLinks.get(networkOf(ip)));
    },
    countWrongLink(ip) {
      refuseAbove(WRONG_LINKS_MAX, wrongLinks.add(networkOf(ip)));
    },
  };
}

function createSignInThrottle(): SignInThrottle {
  const pairs = new WindowCounts({ windowSeconds: WINDOW_SECONDS });
  const devices = new WindowCounts({ windowSeconds: WINDOW_SECONDS });
  const accounts = new WindowCounts({ windowSeconds: ACCOUNT_WINDOW_SECONDS });
  return {
    begin(account, ip, device) {
      if (device !== undefined) {
        refuseAbove(PAIR_FAILURES_MAX, devices.add(device));
        return { succeed: () => devices.forget(device), withdraw: () => devices.takeBack(device) };
      }
      const pair = `${networkOf(ip)} ${account}`;
      const underAttack = accounts.get(account).count >= ACCOUNT_FAILURES_CALM;
      refuseAbove(underAttack ? PAIR_FAILURES_MAX_UNDER_ATTACK : PAIR_FAILURES_MAX, pairs.add(pair));
      accounts.add(account);
      return {
        succeed() {
          accounts.takeBack(account);
          pairs.forget(pair);
        },
        withdraw() {
          accounts.takeBack(account);
          pairs.takeBack(pair);
        },
      };
    },
  };
}

/** When nothing is learned about the password, the try does not count. */
export async function withdrawing<Result>(
  attempt: SignInTry | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    attempt?.withdraw();
    throw error;
  }
}

function refuseAbove(max: number, { count, msLeft }: WindowCount): void {
  if (count <= max) return;
  const seconds = Math.max(1, Math.ceil(msLeft / 1000));
  throw new AppError("too_many_attempts", "Too many failed attempts.", {
    suggestion: `Wait ${minutesInWords(seconds)} and try again.`,
    retryable: true,
    retryAfterSeconds: seconds,
  });
}

function minutesInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}

/** An IPv6 household owns a /64, so its addresses count as one; IPv4 written as IPv6 counts as IPv4. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return `${address.toByteArray().slice(0, 8).join(".")}/64`;
}
