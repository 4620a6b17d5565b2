import { makeApiToken } from "@/lib/identity/api-token";
import type { IdentityContext } from "@/lib/identity/identity";
import { invitationInvalid, voidInvitations } from "@/lib/identity/invitation";
import { checkPassword, hashPassword } from "@/lib/identity/password";
import { parseName } from "@/lib/identity/person-name";
import { type OpenInvitation, readInvitation } from "@/lib/identity/read-invitation";
import type { SignedIn } from "@/lib/identity/signed-in";
import { type UserView, userView } from "@/lib/identity/user-view";
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
  /** Of an API token to go on with; none is made without. */
  scopes?: readonly Scope[] | undefined;
};

export type AcceptedInvitation = SignedIn & {
  user: UserView;
  /** Shown this once; undefined when no scopes were asked for. */
  apiToken: string | undefined;
};

/** Sets the name and password of the invited account; works once, and ends sessions made with an older password. */
export async function acceptInvitation(
  ctx: IdentityContext,
  input: AcceptInvitationInput,
): Promise<AcceptedInvitation> {
  const invitation = await readInvitation(ctx, input);
  const name = parseName(input.name);
  checkPassword(input.password, { email: invitation.user.email, name });
  const turn: Turn = { key: invitation.user.id, standing: "account" };
  const passwordHash = await ctx.identity.hashing.run(turn, () => hashPassword(input.password));
  return transact(ctx.db, async (tx) => {
    await consume(tx, ctx, invitation);
    const user = await tx.user.update({
      where: { id: invitation.user.id },
      data: { name, passwordHash, epoch: { increment: 1 } },
    });
    const made = await createFirstToken(tx, user.id, input.scopes ?? []);
    await appendAudit(
      tx,
      { ...ctx, actor: systemActor("invitation") },
      {
        action: "invitation.accept",
        subject: { kind: "user", id: user.id },
        before: { name: invitation.user.name },
        after: { name, ...(made ? { apiTokenId: made.id, scopes: input.scopes } : {}) },
      },
    );
    return { userId: user.id, epoch: user.epoch, user: userView(user), apiToken: made?.token };
  });
}

async function createFirstToken(
  tx: Tx,
  userId: string,
  scopes: readonly Scope[],
): Promise<{ id: string; token: string } | undefined> {
  if (scopes.length === 0) return undefined;
  const { token, tokenHash, hint } = makeApiToken();
  const row = await tx.apiToken.create({
    data: { userId, name: "Invitation", tokenHash, hint, scopes: [...scopes] },
  });
  return { id: row.id, token };
}

/** The row decides who is first: of two uses at once, the second finds nothing left to change. */
async function consume(tx: Tx, ctx: IdentityContext, { id, user }: OpenInvitation): Promise<void> {
  const now = ctx.clock.now();
  const used = await tx.invitation.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (used.count === 0) throw invitationInvalid();
  await voidInvitations(tx, user.id, now);
}
