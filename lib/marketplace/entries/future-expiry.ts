import type { Context } from "@/lib/journal/context";
import { AppError } from "@/lib/platform/errors";

/** Throws `invalid_input` for an expiry that has passed. */
export function refusePast(ctx: Pick<Context, "clock">, expiresAt: Date | undefined): void {
  if (expiresAt === undefined || expiresAt > ctx.clock.now()) return;
  throw new AppError("invalid_input", "The expiry is in the past.", {
    suggestion: "Choose a later time, or suspend the entry now.",
    details: { field: "expiresAt" },
  });
}
