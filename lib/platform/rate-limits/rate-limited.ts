import { AppError } from "@/lib/platform/errors";

export type RateLimitedOptions = {
  /** `too_many_attempts` for guesses at a secret. Default `too_many_requests`. */
  code?: "too_many_requests" | "too_many_attempts";
  /** Milliseconds until a retry can succeed. */
  msLeft: number;
  /** The next step, given the whole seconds to wait. */
  suggestion: (seconds: number) => string;
  /** The same for programs, if it differs. */
  apiHint?: (seconds: number) => string;
  details?: Record<string, unknown>;
};

/** The error for an exceeded rate limit, with a `Retry-After` of at least one second. */
export function rateLimited(message: string, options: RateLimitedOptions): AppError {
  const { code = "too_many_requests", msLeft, suggestion, apiHint, details } = options;
  const retryAfterSeconds = Math.max(1, Math.ceil(msLeft / 1000));
  return new AppError(code, message, {
    suggestion: suggestion(retryAfterSeconds),
    ...(apiHint === undefined ? {} : { apiHint: apiHint(retryAfterSeconds) }),
    retryable: true,
    retryAfterSeconds,
    ...(details === undefined ? {} : { details }),
  });
}
