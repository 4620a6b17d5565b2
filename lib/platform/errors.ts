/**
 * The only error type. Every refusal that a person or a program can see is an `AppError`: what happened (`message`),
 * the next step (`suggestion`), and a `code` whose meaning never changes.
 *
 * Two module graphs load this file (the server's and Next's), so `instanceof` is not reliable: use `isAppError`, which
 * checks the brand.
 */

import { ERROR_CODES, type ErrorCode } from "@/lib/platform/error-codes";

const BRAND = Symbol.for("gantry.AppError");

export type AppErrorOptions = {
  /** The next step for people, as a sentence. Pages show it. */
  suggestion: string;
  /** The next step for programs, if it differs: names of fields, parameters or operations. Pages never show it. */
  apiHint?: string;
  /** True if the same request can succeed later without any change. */
  retryable?: boolean;
  /** Seconds until a retry makes sense; sent as `Retry-After`. */
  retryAfterSeconds?: number;
  /** Machine-readable facts for the response (a field name, a digest). Never secrets. */
  details?: Record<string, unknown>;
  cause?: unknown;
};

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly suggestion: string;
  readonly apiHint: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly details: Record<string, unknown> | undefined;
  readonly [BRAND] = true;

  /** `message` says what happened and why, in one or two sentences that are safe to show to anyone. */
  constructor(code: ErrorCode, message: string, options: AppErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.status = ERROR_CODES[code].status;
    this.title = ERROR_CODES[code].title;
    this.suggestion = options.suggestion;
    this.apiHint = options.apiHint;
    this.retryable = options.retryable ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.details = options.details;
  }
}

export function isAppError(value: unknown): value is AppError {
  return typeof value === "object" && value !== null && BRAND in value;
}

/** True if `value` is an `AppError` with this code. */
export function hasCode(value: unknown, code: ErrorCode): value is AppError {
  return isAppError(value) && value.code === code;
}
