import { credentialsInvalid } from "@/lib/identity/authenticate";
import type { IdentityContext } from "@/lib/identity/identity";
import { checkPassword, hashPassword, verifyPassword } from "@/lib/identity/password";
import type { SignedIn } from "@/lib/identity/signed-in";
import { withdrawing } from "@/lib/identity/throttles";
import { appendAudit } from "@/lib/journal/audit";
import { read, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Turn } from "@/lib/platform/fair-queue";
import type { User } from "@/lib/platform/prisma/client";

export type ChangePasswordInput = { currentPassword: string; newPassword: string; ip: string };

/** Ends every session of the account, also the one that asks; the answer is what a new one is made from. */
export async function changePassword(ctx: IdentityContext, input: ChangePasswordInput): Promise<SignedIn> {
  const user = await provenUser(ctx, input);
  checkPassword(input.newPassword, user);
  const passwordHash = await ctx.identity.hashing.run(turnOf(user), () => hashPassword(input.newPassword));
  return transact(ctx.db, async (tx) => {
    const changed = await tx.user.updateMany({
      where: { id: user.id, epoch: user.epoch },
      data: { passwordHash, epoch: { increment: 1 } },
    });
    if (changed.count === 0) {
      throw new AppError("conflict", "The account was changed at the same time.", {
        suggestion: "Sign in again and repeat the change.",
      });
    }
    await appendAudit(tx, ctx, { action: "user.changePassword", subject: { kind: "user", id: user.id } });
    return { userId: user.id, epoch: user.epoch + 1 };
  });
}

function turnOf({ id }: User): Turn {
  return { key: id, standing: "account" };
}

/** A stolen session or token alone must not be enough to take the account over. */
async function provenUser(ctx: IdentityContext, input: ChangePasswordInput): Promise<User> {
  const { actor } = ctx;
  if (actor.kind !== "user") {
    throw new AppError("forbidden", "Only a signed-in person can change their password.", {
      suggestion: "Sign in with the browser and change it on the account page.",
    });
  }
  const user = await read(() => ctx.db.prisma.user.findUnique({ where: { id: actor.userId } }));
  if (!user) throw credentialsInvalid();
  const attempt = ctx.identity.throttles.signIn.begin(user.email, input.ip, actor.sessionId);
  const right = await withdrawing(attempt, () =>
    ctx.identity.hashing.run(turnOf(user), () =>
      verifyPassword(user.passwordHash ?? undefined, input.currentPassword),
    ),
  );
  if (!right) {
    throw new AppError("credentials_invalid", "The current password is wrong.", {
      suggestion: "Check it and try again.",
      details: { field: "currentPassword" },
    });
  }
  attempt.succeed();
  return user;
}
