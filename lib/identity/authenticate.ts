import { type Email, parseEmail } from "@/lib/identity/email";
import type { IdentityServices } from "@/lib/identity/identity";
import { verifyPassword } from "@/lib/identity/password";
import type { SignedIn } from "@/lib/identity/signed-in";
import { read } from "@/lib/platform/db/transact";
import { AppError, hasCode } from "@/lib/platform/errors";

export type AuthenticateInput = { email: string; password: string; ip: string };

const ACCOUNT_KEY_LENGTH_MAX = 254;

/** Checks an e-mail address and password. `credentials_invalid` for an unknown account and a wrong password alike. */
export async function authenticate(
  services: Pick<IdentityServices, "db" | "identity">,
  input: AuthenticateInput,
): Promise<SignedIn> {
  const email = emailOrUndefined(input.email);
  const account = email ?? input.email.slice(0, ACCOUNT_KEY_LENGTH_MAX);
  const attempt = await services.identity.throttles.signIn.begin(account, input.ip);
  const user = await findUser(services, email).catch(async (error) => {
    await attempt.withdraw();
    throw error;
  });
  const right = await verifyPassword(user?.passwordHash ?? undefined, input.password);
  if (!user || !right) throw credentialsInvalid();
  await attempt.succeed();
  if (user.role === "suspended") {
    throw new AppError("forbidden", "This account is suspended.", {
      suggestion: "Ask an admin of this Gantry to give it a role again.",
    });
  }
  return { userId: user.id, epoch: user.epoch, method: "password" };
}

export function credentialsInvalid(): AppError {
  return new AppError("credentials_invalid", "The e-mail address or the password is wrong.", {
    suggestion: "Check both and try again. An admin can send you a new invitation if the password is lost.",
  });
}

async function findUser({ db }: Pick<IdentityServices, "db">, email: Email | undefined) {
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
