import { type Email, parseEmail } from "@/lib/identity/email";
import type { IdentityServices } from "@/lib/identity/identity";
import { verifyPassword } from "@/lib/identity/password";
import { refundingOnError } from "@/lib/identity/rate-limits";
import { credentialsInvalid, type SignedIn } from "@/lib/identity/sessions/signed-in";
import { deviceOf, readDeviceCookie } from "@/lib/identity/sign-in/known-device";
import { read } from "@/lib/platform/db/transact";
import { AppError, hasCode } from "@/lib/platform/errors";
import type { Turn } from "@/lib/platform/fair-queue";
import { networkOf } from "@/lib/platform/rate-limits/network-of";

export type AuthenticateInput = {
  email: string;
  password: string;
  ip: string;
  /** Identifies a browser that has signed in before (`known-device`). */
  deviceCookie?: string | undefined;
};

type Room = Pick<IdentityServices, "db" | "identity">;

const ACCOUNT_KEY_LENGTH_MAX = 254;

/**
 * Checks an email address and a password. `credentials_invalid` for an unknown account and a wrong password alike;
 * `too_many_attempts` after wrong ones, and `busy` when too many people sign in at once.
 */
export async function authenticate(room: Room, input: AuthenticateInput): Promise<SignedIn> {
  const { identity } = room;
  const email = emailOrUndefined(input.email);
  const account = email ?? input.email.slice(0, ACCOUNT_KEY_LENGTH_MAX);
  const { signIn } = identity.rateLimits;
  const claims = await readDeviceCookie(identity, input.deviceCookie);
  // Without such a cookie an attempt is counted before anything is looked up.
  const counted = claims === undefined ? await signIn.consume(account, input.ip) : undefined;
  const user = await refundingOnError(counted, () => findUser(room, email));
  const device = deviceOf(claims, user);
  const attempt = counted ?? (await signIn.consume(account, input.ip, device));
  const turn: Turn =
    device === undefined
      ? { key: networkOf(input.ip), standing: "anonymous" }
      : { key: device, standing: "account" };
  const right = await refundingOnError(attempt, () =>
    identity.hashing.run(turn, () => verifyPassword(user?.passwordHash ?? undefined, input.password)),
  );
  if (!user || !right) throw credentialsInvalid();
  await attempt.succeed();
  if (user.role === "suspended") {
    throw new AppError("forbidden", "This account is suspended.", {
      suggestion: "Ask an admin to lift the suspension.",
    });
  }
  return { userId: user.id, epoch: user.epoch, method: "password" };
}

async function findUser({ db }: Room, email: Email | undefined) {
  return email === undefined ? null : read(() => db.prisma.user.findUnique({ where: { email } }));
}

function emailOrUndefined(text: string): Email | undefined {
  try {
    return parseEmail(text);
  } catch (error) {
    if (hasCode(error, "invalid_input")) return undefined;
    throw error;
  }
}
