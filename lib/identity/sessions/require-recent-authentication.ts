/** Sensitive operations: a stolen session or API token must not be enough to take over an account or to create an admin. */

import { signInNeeded } from "@/lib/identity/permissions";
import type { SignInMethod } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { AppError } from "@/lib/platform/errors";

const RECENT_MINUTES = 15;

/** For the audit row: how the person behind a sensitive change proved their identity. */
export type Authentication = { method: SignInMethod; at: Date; sessionId: string };

/**
 * Throws `session_required` for API tokens, whatever their scopes, and `recent_sign_in_required` for a session whose
 * last sign-in is too long ago. Call it after `authorize`. Undefined for the system, which does what its caller decided.
 */
export function requireRecentAuthentication(ctx: Context): Authentication | undefined {
  const { actor } = ctx;
  switch (actor.kind) {
    case "system":
      return undefined;
    case "anonymous":
      throw signInNeeded();
    case "token":
      throw new AppError("session_required", "API tokens cannot do this.", {
        suggestion: "Sign in with a browser and make the change on Gantry's own pages.",
      });
    case "user": {
      if (!isRecent(actor.signIn.at, ctx.clock.now())) throw tooLongAgo();
      return { ...actor.signIn, sessionId: actor.sessionId };
    }
  }
}

/** Whether a sign-in at `at` is recent enough for sensitive operations. */
export function isRecent(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() <= RECENT_MINUTES * 60_000;
}

function tooLongAgo(): AppError {
  return new AppError(
    "recent_sign_in_required",
    `This requires a sign-in within the last ${RECENT_MINUTES} minutes.`,
    {
      suggestion: "Confirm your sign-in at /sign-in/confirm, then try again.",
      details: { withinMinutes: RECENT_MINUTES },
    },
  );
}
