/** What the identity room needs of this instance in addition to the common services: address, secret and rate limits. */

import { createHashing } from "@/lib/identity/hashing";
import { createIdentityRateLimits, type IdentityRateLimits } from "@/lib/identity/rate-limits";
import type { Context, Services } from "@/lib/journal/context";
import type { Database } from "@/lib/platform/db/database";
import type { FairQueue } from "@/lib/platform/fair-queue";
import { singleton } from "@/lib/platform/singleton";

export type Identity = {
  /** The public address of this instance, without a trailing slash. Links and cookies derive from it alone. */
  url: string;
  /** Seals the session cookies. */
  secret: string;
  /** Contains the setup token until it is used. */
  dataDir: string;
  rateLimits: IdentityRateLimits;
  /** Queue for password hashing. */
  hashing: FairQueue;
  /** Set once an admin exists: setup is then closed permanently, and the database need not be read. */
  isSetUp?: true;
};

export type IdentityServices = Services & { identity: Identity };
export type IdentityContext = Context & { identity: Identity };

/** Filled by the server or a test; read by route handlers and server actions. */
export const identity = singleton<Identity>("identity");

export function createIdentity(
  settings: Pick<Identity, "url" | "secret" | "dataDir">,
  db: Database,
): Identity {
  return { ...settings, rateLimits: createIdentityRateLimits(db), hashing: createHashing() };
}

export function withIdentity(ctx: Context): IdentityContext {
  return { ...ctx, identity: identity.get() };
}
