import { authorize } from "@/lib/identity/permissions";
import {
  type Authentication,
  requireRecentAuthentication,
} from "@/lib/identity/sessions/require-recent-authentication";
import type { Context } from "@/lib/journal/context";

/**
 * Who can change registry credentials: admins with a recent sign-in, and their API tokens with the scope `admin`.
 * Tokens are accepted because programs replace passwords that expire within hours, and nothing here reveals one.
 */
export function requireCredentialManager(ctx: Context): Authentication | undefined {
  authorize(ctx.actor, "registryCredential.manage");
  return ctx.actor.kind === "token" ? undefined : requireRecentAuthentication(ctx);
}
