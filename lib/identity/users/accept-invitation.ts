import type { IdentityContext } from "@/lib/identity/identity";
import { lockUser } from "@/lib/identity/lock-user";
import { checkPassword, hashPassword } from "@/lib/identity/password";
import { parseName } from "@/lib/identity/person-name";
import type { SignedIn } from "@/lib/identity/sessions/signed-in";
import { endTokens } from "@/lib/identity/tokens/end-tokens";
import { createFirstToken, type FirstToken, firstTokenExpiry } from "@/lib/identity/tokens/first-token";
import { invitationInvalid, voidInvitations } from "@/lib/identity/users/invitation";
import { type OpenInvitation, readInvitation } from "@/lib/identity/users/read-invitation";
import { type UserView, userView } from "@/lib/identity/users/user-view";
import { type Scope, systemActor } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import type { Turn } from "@/lib/platform/fair-queue";

export type AcceptInvitationInput = {
  token: string;
  name: string;
  password: string;
  ip: string;
  /** Of an API token to go on with; none is created without. */
  scopes?: readonly Scope[] | undefined;
  /** When that token ends; null = never, undefined = after a day. */
  tokenExpiresAt?: Date | null | undefined;
};

export type AcceptedInvitation = SignedIn & {
  user: UserView;
  /** Undefined when no scopes were requested. */
  apiToken: FirstToken | undefined;
};

/** Sets the name and password of the invited account. Works once, and ends all older sessions and API tokens of the account. */
export async function acceptInvitation(
  ctx: IdentityContext,
  input: AcceptInvitationInput,
): Promise<AcceptedInvitation> {
  const invitation = await readInvitation(ctx, input);
  const name = parseName(input.name);
  checkPassword(input.password, { email: invitation.user.email, name });
  const expiresAt = firstTokenExpiry(ctx.clock.now(), input.tokenExpiresAt);
  const turn: Turn = { key: invitation.user.id, standing: "account" };
  const passwordHash = await ctx.identity.hashing.run(turn, () => hashPassword(input.password));
  return transact(ctx.db, async (tx) => {
    await lockUser(tx, invitation.user.id);
    await consume(tx, ctx, invitation);
    const user = await tx.user.update({
      where: { id: invitation.user.id },
      data: { name, passwordHash, epoch: { increment: 1 } },
    });
    const endedTokens = await endTokens(tx, user.id, ctx.clock.now());
    const { scopes = [] } = input;
    const made =
      scopes.length === 0
        ? undefined
        : await createFirstToken(tx, { userId: user.id, name: "Invitation", scopes, expiresAt });
    await appendAudit(
      tx,
      { ...ctx, actor: systemActor("invitation") },
      {
        action: "invitation.accept",
        subject: { kind: "user", id: user.id },
        before: { name: invitation.user.name },
        after: { name, endedTokens, ...(made ? { apiTokenId: made.id, scopes, expiresAt } : {}) },
      },
    );
    return {
      userId: user.id,
      epoch: user.epoch,
      method: "invitation",
      user: userView(user),
      apiToken: made,
    };
  });
}

/** The row decides which of two concurrent uses comes first; the second one changes nothing. */
async function consume(tx: Tx, ctx: IdentityContext, { id, user }: OpenInvitation): Promise<void> {
  const now = ctx.clock.now();
  const used = await tx.invitation.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (used.count === 0) throw invitationInvalid();
  await voidInvitations(tx, user.id, now);
}
