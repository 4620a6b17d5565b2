import { makeApiToken } from "@/lib/identity/api-token";
import { lockAccount } from "@/lib/identity/lock-account";
import { authorise } from "@/lib/identity/permissions";
import { parseName } from "@/lib/identity/person-name";
import { type Actor, actorUserId, SCOPES, type Scope } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

export type CreateTokenInput = {
  name: string;
  scopes: readonly Scope[];
  /** Never, when undefined. */
  expiresAt?: Date | undefined;
};

export type CreatedToken = { id: string /** Shown this once; only its hash is kept. */; token: string };

/** Publishers, and reviewers and admins. */
const LIVE_TOKENS_MAX = { publisher: 100, other: 300 };

/** A token that acts for the calling user, within `scopes` and the user's role. */
export async function createToken(ctx: Context, input: CreateTokenInput): Promise<CreatedToken> {
  authorise(ctx.actor, "token.manage");
  const userId = actorUserId(ctx.actor);
  if (userId === undefined) {
    throw new AppError("forbidden", "Only a user can own an API token.", {
      suggestion: "Sign in as the user who shall own it.",
    });
  }
  const name = parseName(input.name);
  const scopes = SCOPES.filter((scope) => input.scopes.includes(scope));
  refuseWiderScopes(ctx.actor, scopes);
  refusePast(input.expiresAt, ctx.clock.now());
  const { token, tokenHash, hint } = makeApiToken();
  const id = await transact(ctx.db, async (tx) => {
    await refuseTooMany(tx, ctx, userId);
    const expiresAt = input.expiresAt ?? null;
    const row = await tx.apiToken.create({ data: { userId, name, tokenHash, hint, scopes, expiresAt } });
    await appendAudit(tx, ctx, {
      action: "token.create",
      subject: { kind: "token", id: row.id },
      after: { name, hint, scopes, expiresAt },
    });
    return row.id;
  });
  return { id, token };
}

/** A token cannot make one that may do more than itself. */
function refuseWiderScopes(actor: Actor, scopes: readonly Scope[]): void {
  if (scopes.length === 0) {
    throw new AppError("invalid_input", "The token would have no scope, so it could do nothing.", {
      suggestion: `Choose at least one of ${SCOPES.join(", ")}.`,
      details: { field: "scopes" },
    });
  }
  if (actor.kind !== "token") return;
  const beyond = scopes.filter((scope) => !actor.scopes.includes(scope));
  if (beyond.length === 0) return;
  throw new AppError("scope_missing", `The calling token lacks ${beyond.join(", ")} itself.`, {
    suggestion: "Leave these scopes out, or create the token while signed in.",
    details: { scopes: beyond },
  });
}

function refusePast(expiresAt: Date | undefined, now: Date): void {
  if (expiresAt === undefined || expiresAt > now) return;
  throw new AppError("invalid_input", "The token would have expired already.", {
    suggestion: "Choose a time in the future, or leave expiresAt out.",
    details: { field: "expiresAt" },
  });
}

/** Under the account's lock, so that tokens made at the same time count each other. */
async function refuseTooMany(tx: Tx, ctx: Context, userId: string): Promise<void> {
  await lockAccount(tx, userId);
  const isLive = [{ expiresAt: null }, { expiresAt: { gt: ctx.clock.now() } }];
  const live = await tx.apiToken.count({ where: { userId, revokedAt: null, OR: isLive } });
  const { actor } = ctx;
  const isPublisher = (actor.kind === "user" || actor.kind === "token") && actor.role === "publisher";
  const max = isPublisher ? LIVE_TOKENS_MAX.publisher : LIVE_TOKENS_MAX.other;
  if (live < max) return;
  throw new AppError("limit_exceeded", `This account has ${live} API tokens, the most that it can have.`, {
    suggestion: "Revoke tokens that are no longer used.",
    details: { max },
  });
}
