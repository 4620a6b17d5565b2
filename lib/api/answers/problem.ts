/** Errors as responses: RFC 9457 problem details with a stable code. */

import type { ApiAnswer } from "@/lib/api/answers/answer";
import { AppError, isAppError } from "@/lib/platform/errors";

export type Problem = {
  /** A URN for the kind of problem, not a URL. */
  type: string;
  code: string;
  title: string;
  status: number;
  /** What happened, and why. */
  detail: string;
  /** The next step, for a program: the error's `apiHint` when it has one. */
  suggestion: string | null;
  requestId: string;
  details: Record<string, unknown> | null;
};

/** The `AppError` itself; any other error becomes one that reveals nothing internal. */
export function publicError(error: unknown): AppError {
  if (isAppError(error)) return error;
  return new AppError("internal", "Gantry encountered an internal error.", {
    suggestion:
      "Try again. If the problem persists, send the request ID to the operator. The log contains the cause.",
    cause: error,
  });
}

export function problemOf(error: AppError, requestId: string): Problem {
  return {
    type: `urn:gantry:problem:${error.code}`,
    code: error.code,
    title: error.title,
    status: error.status,
    detail: error.message,
    suggestion: error.apiHint ?? error.suggestion,
    requestId,
    details: error.details ?? null,
  };
}

/**
 * A response that is never cached. 401 says how to authenticate (RFC 9110, section 11.6.1); retryable errors say when
 * to retry.
 */
export function problemAnswer(
  error: AppError,
  requestId: string,
  headers: Record<string, string> = {},
): ApiAnswer {
  const body = JSON.stringify(problemOf(error, requestId), (_key, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  return {
    kind: "bytes",
    status: error.status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      ...(error.status === 401 ? { "www-authenticate": 'Bearer realm="Gantry"' } : {}),
      ...(error.retryAfterSeconds === undefined ? {} : { "retry-after": String(error.retryAfterSeconds) }),
      ...limitHeaders(error),
      ...headers,
    },
    bytes: Buffer.from(body, "utf8"),
  };
}

/** The draft “RateLimit header fields for HTTP”: the limit, with nothing remaining. */
function limitHeaders({ code, details, retryAfterSeconds = 1 }: AppError): Record<string, string> {
  const { perSecond, burst } = code === "too_many_requests" ? (details ?? {}) : {};
  if (typeof perSecond !== "number" || typeof burst !== "number") return {};
  return {
    "ratelimit-policy": `"network";q=${burst};w=${Math.ceil(burst / perSecond)}`,
    ratelimit: `"network";r=0;t=${retryAfterSeconds}`,
  };
}
