import type { SignInMethod } from "@/lib/journal/actor";
import { AppError } from "@/lib/platform/errors";

/**
 * A person who has just proved that an account is theirs, and how. A session is created from it only while the account
 * still has this epoch.
 */
export type SignedIn = { userId: string; epoch: number; method: SignInMethod };

export function credentialsInvalid(): AppError {
  return new AppError("credentials_invalid", "The email address or the password is wrong.", {
    suggestion: "Check both and try again. If you forgot your password, ask an admin for a reset link.",
  });
}
