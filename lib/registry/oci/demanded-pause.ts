import { isAppError } from "@/lib/platform/errors";

/** The detail of an error that says until when the registry's host itself demanded a pause (429, `Retry-After`). */
export function demandedPause(untilMs: number): { pausedUntil: string } {
  return { pausedUntil: new Date(untilMs).toISOString() };
}

/** Until when the host demanded a pause; undefined for every other reason to wait, such as Gantry's own back-off. */
export function pauseDemandedBy(error: unknown): Date | undefined {
  const until = isAppError(error) ? error.details?.pausedUntil : undefined;
  return typeof until === "string" ? new Date(until) : undefined;
}
