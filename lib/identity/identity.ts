/** What the identity room needs of this instance besides the common services: its address, its secret, its rate limits. */

import { createHashing } from "@/lib/identity/hashing";
import { createIdentityRateLimits, type IdentityRateLimits } from "@/lib/identity/rate-limits";
import type { Context, Services } from "@/lib/journal/context";
import type { Database } from "@/lib/platform/db/database";
import type { FairQueue } from "@/lib/platform/fair-queue";
import { singleton } from "@/lib/platform/singleton";

export type Identity = {
  /** How the outside calls this instance, without a trailing slash. Links and cookies follow from it alone. */
  url: string;
  /** Seals the session cookies. */
  secret: string;
  /** Where the set-up token lies until it is used. */
  dataDir: string;
  rateLimits: IdentityRateLimits;
  /** Takes turns at hashing passwords. */
  hashing: FairQueue;
  /** Set once there is an admin: then set-up is closed for good, and nobody has to be asked. */
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
