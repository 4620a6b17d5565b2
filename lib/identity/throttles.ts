/** Brakes on guessing. In memory: a restart forgets them, which gives a guesser a handful of tries and nobody a lock-out. */

import ipaddr from "ipaddr.js";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError } from "@/lib/platform/errors";

const WINDOW_SECONDS = 15 * 60;
const ACCOUNT_WINDOW_SECONDS = 60 * 60;

/** Wrong sign-ins from one network, whatever the account. */
const NETWORK_FAILURES_MAX = 50;
/** Wrong sign-ins to one account from one network. */
const PAIR_FAILURES_MAX = 10;
/** After this many wrong sign-ins to one account from everywhere, each network gets fewer tries, but never none. */
const ACCOUNT_FAILURES_CALM = 50;
const PAIR_FAILURES_MAX_UNDER_ATTACK = 3;
const SETUP_FAILURES_MAX = 10;

export type Throttles = {
  signIn: SignInThrottle;
  /** Counts a wrong set-up token or invitation; throws `too_many_attempts` once there were too many. */
  countWrongLink(ip: string): Promise<void>;
};

export type SignInThrottle = {
  /**
   * Counts a try before the password is looked at, so that parallel tries count too; throws `too_many_attempts`.
   * A try that is refused here counts neither against the account nor against the neighbours in its network.
   */
  begin(account: string, ip: string): Promise<SignInTry>;
};

export type SignInTry = {
  /** The password was right: forget the earlier failures of this account from here. */
  succeed(): Promise<void>;
  /** Nothing was learned about the password (the database was away): this try does not count. */
  withdraw(): Promise<void>;
};

export function createThrottles(): Throttles {
  const wrongLinks = new RateLimiterMemory({ points: SETUP_FAILURES_MAX, duration: WINDOW_SECONDS });
  return {
    signIn: createSignInThrottle(),
    async countWrongLink(ip) {
      refuseAbove(SETUP_FAILURES_MAX, await wrongLinks.penalty(networkOf(ip)));
    },
  };
}

function createSignInThrottle(): SignInThrottle {
  const networks = new RateLimiterMemory({ points: NETWORK_FAILURES_MAX, duration: WINDOW_SECONDS });
  const pairs = new RateLimiterMemory({ points: PAIR_FAILURES_MAX, duration: WINDOW_SECONDS });
  const accounts = new RateLimiterMemory({ points: ACCOUNT_FAILURES_CALM, duration: ACCOUNT_WINDOW_SECONDS });
  return {
    async begin(account, ip) {
      const network = networkOf(ip);
      const pair = `${network} ${account}`;
      refuseAbove(NETWORK_FAILURES_MAX, await networks.penalty(network));
      const fromEverywhere = await accounts.get(account);
      const underAttack = (fromEverywhere?.consumedPoints ?? 0) >= ACCOUNT_FAILURES_CALM;
      const failuresMax = underAttack ? PAIR_FAILURES_MAX_UNDER_ATTACK : PAIR_FAILURES_MAX;
      const fromHere = await pairs.penalty(pair);
      if (fromHere.consumedPoints > failuresMax) await networks.reward(network);
      refuseAbove(failuresMax, fromHere);
      await accounts.penalty(account);
      return {
        async succeed() {
          await Promise.all([networks.reward(network), accounts.reward(account), pairs.delete(pair)]);
        },
        async withdraw() {
          await Promise.all([networks.reward(network), accounts.reward(account), pairs.reward(pair)]);
        },
      };
    },
  };
}

function refuseAbove(max: number, count: { consumedPoints: number; msBeforeNext: number }): void {
  if (count.consumedPoints <= max) return;
  const seconds = Math.max(1, Math.ceil(count.msBeforeNext / 1000));
  throw new AppError("too_many_attempts", "Too many wrong attempts came from your network.", {
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
