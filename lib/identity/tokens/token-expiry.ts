import { AppError } from "@/lib/platform/errors";

export function refusePast(expiresAt: Date, now: Date, field: string): void {
  if (expiresAt > now) return;
  throw new AppError("invalid_input", "The expiry is in the past.", {
    suggestion: "Choose a time in the future.",
    apiHint: `Choose a time in the future, or omit ${field}.`,
    details: { field },
  });
}

/** When a new token ends. A child ends no later than the token that creates it, and inherits its end when none is chosen. */
export function expiryWithin(parentExpiresAt: Date | null, chosen: Date | undefined, now: Date): Date | null {
  if (chosen === undefined) return parentExpiresAt;
  refusePast(chosen, now, "expiresAt");
  if (parentExpiresAt === null || chosen <= parentExpiresAt) return chosen;
  throw new AppError(
    "invalid_input",
    `The new token would outlive the calling token, which ends at ${parentExpiresAt.toISOString()}.`,
    {
      suggestion: "Choose an earlier time.",
      apiHint: "Choose an earlier time, omit expiresAt, or create the token while signed in.",
      details: { field: "expiresAt", latest: parentExpiresAt.toISOString() },
    },
  );
}
