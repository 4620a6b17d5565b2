/** The usual limits of operations, for each network. Those that share an object share their tokens, too. */

import type { RouteLimit } from "@/lib/api/route";

/** Answers that are made for each question: searches, filters, hosts, changes since a revision. */
export const QUESTIONS: RouteLimit = { perSecond: 20, burst: 200, computes: true };

/** Update checks have tokens of their own: a fleet behind one address must not use up its catalog pages. */
export const UPDATE_CHECKS: RouteLimit = { perSecond: 20, burst: 200, computes: true };

/** Past instants of the allow-list: most of them are answered from memory, the others by the database. */
export const HISTORY: RouteLimit = { perSecond: 2, burst: 20 };

/** A page of the catalog shows up to 50 icons, an extension its screenshots. */
export const MEDIA: RouteLimit = { perSecond: 50, burst: 500 };

/** Operations of accounts. Counted before credentials are looked up, so that made-up tokens are bounded, too. */
export const ACCOUNTS: RouteLimit = { perSecond: 50, burst: 500 };

/** Pre-flights have limits of their own besides, in `lib/scanning/preflight`. */
export const PREFLIGHTS: RouteLimit = { perSecond: 2, burst: 60 };

/** Operations that a secret link opens. */
export const SECRET_LINKS: RouteLimit = { perSecond: 1, burst: 60 };
