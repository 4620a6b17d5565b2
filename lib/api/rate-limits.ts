/** Rate limits of operations, per network. Operations that share an object share its tokens. */

import type { RouteLimit } from "@/lib/api/route";

/** Responses computed per request: searches, filters, hosts, changes since a revision. */
export const QUESTIONS: RouteLimit = { perSecond: 20, burst: 200, computes: true };

/** Separate tokens for update checks: a fleet behind one address must not use up those of its catalog pages. */
export const UPDATE_CHECKS: RouteLimit = { perSecond: 20, burst: 200, computes: true };

/** Past instants of the allow-list: most are cached, the others are read from the database. */
export const HISTORY: RouteLimit = { perSecond: 2, burst: 20 };

/** A page of the catalog shows up to 50 icons, an extension its screenshots. */
export const MEDIA: RouteLimit = { perSecond: 50, burst: 500 };

/** Operations for accounts. Counted before credentials are checked, so that invented tokens are limited, too. */
export const ACCOUNTS: RouteLimit = { perSecond: 50, burst: 500 };

/** Pre-flights also have a quota, in `lib/scanning/preflight`. */
export const PREFLIGHTS: RouteLimit = { perSecond: 2, burst: 60 };

/** Operations authorized by a secret link. */
export const SECRET_LINKS: RouteLimit = { perSecond: 1, burst: 60 };
