/** Brakes on guessing. In memory: a restart forgets them, which gives a guesser a handful of tries and nobody a lock-out. */

import ipaddr from "ipaddr.js";
import { AppError } from "@/lib/platform/errors";
import { type WindowCount, WindowCounts } from "@/lib/platform/window-counts";

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
  const wrongLinks = new WindowCounts({ windowSeconds: WINDOW_SECONDS });
  return {
    signIn: createSignInThrottle(),
    async countWrongLink(ip) {
      refuseAbove(SETUP_FAILURES_MAX, wrongLinks.add(networkOf(ip)));
    },
  };
}

function createSignInThrottle(): SignInThrottle {
  const networks = new WindowCounts({ windowSeconds: WINDOW_SECONDS });
  const pairs = new WindowCounts({ windowSeconds: WINDOW_SECONDS });
  const accounts = new WindowCounts({ windowSeconds: ACCOUNT_WINDOW_SECONDS });
  return {
    async begin(account, ip) {
      const network = networkOf(ip);
      const pair = `${network} ${account}`;
      refuseAbove(NETWORK_FAILURES_MAX, networks.add(network));
      const underAttack = accounts.get(account).count >= ACCOUNT_FAILURES_CALM;
      const failuresMax = underAttack ? PAIR_FAILURES_MAX_UNDER_ATTACK : PAIR_FAILURES_MAX;
      const fromHere = pairs.add(pair);
      if (fromHere.count > failuresMax) networks.takeBack(network);
      refuseAbove(failuresMax, fromHere);
      accounts.add(account);
      return {
        async succeed() {
          networks.takeBack(network);
          accounts.takeBack(account);
          pairs.forget(pair);
        },
        async withdraw() {
          for (const [counts, key] of [
            [networks, network],
            [accounts, account],
            [pairs, pair],
          ] as const)
            counts.takeBack(key);
        },
      };
    },
  };
}

function refuseAbove(max: number, { count, msLeft }: WindowCount): void {
  if (count <= max) return;
  const seconds = Math.max(1, Math.ceil(msLeft / 1000));
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
