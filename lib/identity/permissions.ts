/** Permissions: what each role can do, and which scope a token also needs. Checked in the core functions, never in pages. */

import type { Actor, Role, Scope } from "@/lib/journal/actor";
import { AppError } from "@/lib/platform/errors";

type Rule = { roles: readonly Role[]; scope: Scope };

const EVERYONE: readonly Role[] = ["admin", "reviewer", "publisher"];
const DECIDERS: readonly Role[] = ["admin", "reviewer"];
const ADMINS: readonly Role[] = ["admin"];

const RULES = {
  "submission.create": { roles: EVERYONE, scope: "submissions" },
  /** One's own; other people's need `submission.readAll`. */
  "submission.read": { roles: EVERYONE, scope: "submissions" },
  "submission.readAll": { roles: DECIDERS, scope: "review" },
  "submission.decide": { roles: DECIDERS, scope: "review" },
  /** Onto the list without a review of its own. */
  "entry.add": { roles: ADMINS, scope: "allow-list" },
  "entry.change": { roles: DECIDERS, scope: "allow-list" },
  "version.decide": { roles: DECIDERS, scope: "versions" },
  "extension.change": { roles: DECIDERS, scope: "versions" },
  "scan.start": { roles: DECIDERS, scope: "scan" },
  "audit.read": { roles: DECIDERS, scope: "audit:read" },
  "policy.read": { roles: DECIDERS, scope: "admin" },
  "policy.change": { roles: ADMINS, scope: "admin" },
  "desktopRelease.change": { roles: ADMINS, scope: "admin" },
  "registryCredential.manage": { roles: ADMINS, scope: "admin" },
  /** Jobs that Gantry stopped running. */
  "job.manage": { roles: ADMINS, scope: "admin" },
  "user.manage": { roles: ADMINS, scope: "admin" },
  /** One's own API tokens. */
  "token.manage": { roles: EVERYONE, scope: "admin" },
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof RULES;

export function may(actor: Actor, permission: Permission): boolean {
  return refusal(actor, permission) === undefined;
}

/** Throws `unauthenticated`, `forbidden` or `scope_missing` when `actor` lacks the permission. */
export function authorize(actor: Actor, permission: Permission): void {
  const error = refusal(actor, permission);
  if (error) throw error;
}

function refusal(actor: Actor, permission: Permission): AppError | undefined {
  const rule: Rule = RULES[permission];
  switch (actor.kind) {
    case "system":
      return undefined;
    case "anonymous":
      return signInNeeded();
    case "user":
      return rule.roles.includes(actor.role) ? undefined : forbidden(rule);
    case "token":
      if (!rule.roles.includes(actor.role)) return forbidden(rule);
      return actor.scopes.includes(rule.scope) ? undefined : scopeMissing(rule);
  }
}

export function signInNeeded(): AppError {
  return new AppError("unauthenticated", "This requires an account.", {
    suggestion: "Sign in and try again.",
    apiHint: "Send an API token as `Authorization: Bearer gtry_…`, or sign in.",
  });
}

function forbidden(rule: Rule): AppError {
  return new AppError("forbidden", `This requires the role ${rule.roles.join(" or ")}.`, {
    suggestion: "Ask an admin to do it, or to give you the role.",
  });
}

function scopeMissing(rule: Rule): AppError {
  return new AppError("scope_missing", `This token lacks the scope ${rule.scope}.`, {
    suggestion: "Create a token with this scope and use that one.",
    details: { scope: rule.scope },
  });
}
