import type { IdentityContext } from "@/lib/identity/identity";
import { checkPassword, hashPassword } from "@/lib/identity/password";
import { requireRecentAuthentication } from "@/lib/identity/sessions/require-recent-authentication";
import type { SignedIn } from "@/lib/identity/sessions/signed-in";
import { provePassword } from "@/lib/identity/sign-in/prove-password";
import { endTokens } from "@/lib/identity/tokens/end-tokens";
import { appendAudit } from "@/lib/journal/audit";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Turn } from "@/lib/platform/fair-queue";

export type ChangePasswordInput = { currentPassword: string; newPassword: string; ip: string };

/**
 * Ends every session and API token of the account, including the current session; the result creates a new one.
 * Requires the current password and a recent sign-in, because a stolen session must not be enough.
 */
export async function changePassword(
  ctx: IdentityContext,
  { currentPassword, newPassword, ip }: ChangePasswordInput,
): Promise<SignedIn & { endedTokens: number }> {
  const authentication = requireRecentAuthentication(ctx);
  const user = await provePassword(ctx, { password: currentPassword, ip, field: "currentPassword" });
  checkPassword(newPassword, user);
  const turn: Turn = { key: user.userId, standing: "account" };
  const passwordHash = await ctx.identity.hashing.run(turn, () => hashPassword(newPassword));
  return transact(ctx.db, async (tx) => {
    const changed = await tx.user.updateMany({
      where: { id: user.userId, epoch: user.epoch },
      data: { passwordHash, epoch: { increment: 1 } },
    });
    if (changed.count === 0) {
      throw new AppError("conflict", "The account changed in the meantime.", {
        suggestion: "Sign in again and repeat the change.",
      });
    }
    const endedTokens = await endTokens(tx, user.userId, ctx.clock.now());
    await appendAudit(tx, ctx, {
      action: "user.changePassword",
      subject: { kind: "user", id: user.userId },
      after: { endedTokens, authentication },
    });
    return {
      userId: user.userId,
      epoch: user.epoch + 1,
      method: "password",
      endedTokens: endedTokens.length,
    };
  });
}
