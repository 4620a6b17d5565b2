import { lockUser } from "@/lib/identity/lock-user";
import { authorize, signInNeeded } from "@/lib/identity/permissions";
import { parseName } from "@/lib/identity/person-name";
import { requireRecentAuthentication } from "@/lib/identity/sessions/require-recent-authentication";
import { makeApiToken } from "@/lib/identity/tokens/api-token";
import { tokenRevoked } from "@/lib/identity/tokens/authenticate-token";
import { liveTokens } from "@/lib/identity/tokens/live-tokens";
import { expiryWithin } from "@/lib/identity/tokens/token-expiry";
import { type Actor, SCOPES, type Scope } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

export type CreateTokenInput = {
  name: string;
  scopes: readonly Scope[];
  /** Undefined: the expiry of the calling token, or never. */
  expiresAt?: Date | undefined;
};

export type CreatedToken = {
  id: string;
  /** Shown only once; Gantry stores its hash. */
  token: string;
  expiresAt: Date | undefined;
};

/** Publishers, and reviewers and admins. */
const LIVE_TOKENS_MAX = { publisher: 100, other: 300 };

/**
 * A token that acts for the calling user, within `scopes` and the user's role. One that a token creates has no scope
 * that its parent lacks, ends no later, and is revoked with it. The scope `admin` requires a recent sign-in.
 */
export async function createToken(ctx: Context, input: CreateTokenInput): Promise<CreatedToken> {
  authorize(ctx.actor, "token.manage");
  const { actor } = ctx;
  if (actor.kind !== "user" && actor.kind !== "token") throw noOwner();
  const name = parseName(input.name);
  const scopes = SCOPES.filter((scope) => input.scopes.includes(scope));
  refuseWiderScopes(actor, scopes);
  const authentication = scopes.includes("admin") ? requireRecentAuthentication(ctx) : undefined;
  const { userId } = actor;
  const now = ctx.clock.now();
  const { token, tokenHash, hint } = makeApiToken();
  const row = await transact(ctx.db, async (tx) => {
    const parent = await liveCaller(tx, actor, now);
    await refuseTooMany(tx, actor, now);
    const expiresAt = expiryWithin(parent?.expiresAt ?? null, input.expiresAt, now);
    const parentId = parent?.id ?? null;
    const created = await tx.apiToken.create({
      data: { userId, name, tokenHash, hint, scopes, expiresAt, parentId },
    });
    await appendAudit(tx, ctx, {
      action: "token.create",
      subject: { kind: "token", id: created.id },
      after: { name, hint, scopes, expiresAt, parentId, authentication },
    });
    return created;
  });
  return { id: row.id, token, expiresAt: row.expiresAt ?? undefined };
}

type Owner = Extract<Actor, { kind: "user" | "token" }>;

/**
 * Checks again, with the account locked, whether the caller can still act: a token or session that ended meanwhile leaves
 * no token behind. Returns the calling token.
 */
async function liveCaller(tx: Tx, actor: Owner, now: Date) {
  const user = await lockUser(tx, actor.userId);
  if (!user || user.role !== actor.role) throw signInNeeded();
  if (actor.kind === "user") {
    const session = await tx.session.findUnique({ where: { id: actor.sessionId } });
    if (!session || session.revokedAt !== null || session.epoch !== user.epoch) throw signInNeeded();
    return undefined;
  }
  const parent = await tx.apiToken.findUnique({ where: { id: actor.tokenId } });
  if (!parent || parent.revokedAt !== null || (parent.expiresAt !== null && parent.expiresAt <= now))
    throw tokenRevoked();
  return parent;
}

function noOwner(): AppError {
  return new AppError("forbidden", "Only a user can own an API token.", {
    suggestion: "Sign in as the user who should own it.",
  });
}

/** A token cannot create one with more permissions than its own. */
function refuseWiderScopes(actor: Owner, scopes: readonly Scope[]): void {
  if (scopes.length === 0) {
    throw new AppError("invalid_input", "The token needs at least one scope.", {
      suggestion: "Select what the token may do.",
      apiHint: `Send at least one of ${SCOPES.join(", ")} as scopes.`,
      details: { field: "scopes" },
    });
  }
  if (actor.kind !== "token") return;
  const beyond = scopes.filter((scope) => !actor.scopes.includes(scope));
  if (beyond.length === 0) return;
  throw new AppError("scope_missing", `The calling token lacks ${beyond.join(", ")} itself.`, {
    suggestion: "Omit these scopes, or create the token while signed in.",
    details: { scopes: beyond },
  });
}

/** Call it with the account locked, so that tokens made at the same time count each other. */
async function refuseTooMany(tx: Tx, { userId, role }: Owner, now: Date): Promise<void> {
  const live = await tx.apiToken.count({ where: liveTokens(userId, now) });
  const max = role === "publisher" ? LIVE_TOKENS_MAX.publisher : LIVE_TOKENS_MAX.other;
  if (live < max) return;
  throw new AppError("limit_exceeded", `This account has ${live}API tokens, the maximum.`, {
    suggestion: "Revoke tokens that you no longer use.",
    details: { max },
  });
}
