import type { IdentityContext } from "@/lib/identity/identity";
import { verifyPassword } from "@/lib/identity/password";
import { refundingOnError } from "@/lib/identity/rate-limits";
import { signedInPerson } from "@/lib/identity/sessions/own-account";
import { credentialsInvalid } from "@/lib/identity/sessions/signed-in";
import { read } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Turn } from "@/lib/platform/fair-queue";

/** The account of the acting person, as it was when they knew its password. */
export type ProvenPassword = {
  userId: string;
  epoch: number;
  email: string;
  name: string;
  sessionId: string;
};

/** Throws `credentials_invalid` about `field` for a wrong password. Counts as a sign-in attempt. */
export async function provePassword(
  ctx: IdentityContext,
  { password, ip, field }: { password: string; ip: string; field: string },
): Promise<ProvenPassword> {
  const { userId, sessionId } = signedInPerson(ctx);
  const user = await read(() => ctx.db.prisma.user.findUnique({ where: { id: userId } }));
  if (!user) throw credentialsInvalid();
  const { epoch, email, name } = user;
  const attempt = await ctx.identity.rateLimits.signIn.consume(email, ip, sessionId);
  const turn: Turn = { key: userId, standing: "account" };
  const right = await refundingOnError(attempt, () =>
    ctx.identity.hashing.run(turn, () => verifyPassword(user.passwordHash ?? undefined, password)),
  );
  if (!right) {
    throw new AppError("credentials_invalid", "This is not your current password.", {
      suggestion: "Check it and try again.",
      details: { field },
    });
  }
  await attempt.succeed();
  return { userId, epoch, email, name, sessionId };
}
