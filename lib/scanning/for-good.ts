import { isAppError } from "@/lib/platform/errors";

/** Beyond a limit at this digest: it will be so at every try. */
export function isForGood(error: unknown): boolean {
  return isAppError(error) && error.code === "limit_exceeded" && !error.retryable;
}
