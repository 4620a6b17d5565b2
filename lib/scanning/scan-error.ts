/** What an error of the registry means for scans: about the repository, the host or one image, and the back-off. */

import type { Refusal } from "@/lib/extension/reachability/availability";
import { type AppError, hasCode, isAppError } from "@/lib/platform/errors";

/** Why the repository itself is unavailable; undefined for every other error, which says nothing about it. */
export function unavailabilityOf(error: unknown): Refusal | undefined {
  if (hasCode(error, "repository_not_found")) return "gone";
  if (!hasCode(error, "registry_auth_required")) return undefined;
  return error.details?.status === 403 ? "blocked" : "private";
}

const CODES: readonly AppError["code"][] = [
  "registry_rate_limited",
  "registry_auth_required",
  "registry_auth_failed",
  "repository_not_found",
  "not_a_registry",
  "realm_forbidden",
  "stopping",
  "database_unavailable",
];

/** True when the next image of the repository would fail the same way, so that this one is not to blame. */
export function isAboutHost(error: unknown): boolean {
  if (!isAppError(error)) return false;
  // The rate limiter of the host names a time; nothing was sent.
  return CODES.includes(error.code) || typeof error.details?.until === "string";
}

/** The image exceeds a limit, so every retry would fail as well. */
export function isForGood(error: unknown): boolean {
  return isAppError(error) && error.code === "limit_exceeded" && !error.retryable;
}

const FINAL_CODES: readonly AppError["code"][] = [
  "registry_error",
  "registry_protocol",
  "not_a_registry",
  "registry_auth_failed",
  "realm_forbidden",
  "redirect_forbidden",
  "address_forbidden",
  "media_type_confusion",
];

/** The registry answers this request the same way every time, so only a person can change that. */
export function isFinal(error: unknown): boolean {
  return isAppError(error) && !error.retryable && FINAL_CODES.includes(error.code);
}

const FIRST_SECONDS = 10;
const LONGEST_SECONDS = 3_600;
const DEMANDED_SECONDS_MAX = 6 * 3_600;

/** Exponential back-off: seconds until the retry after `attempts` failures, up to an hour, or what the registry demanded. */
export function retryDelaySeconds(attempts: number, error: unknown): number {
  const doubled = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(attempts, 20));
  return Math.max(doubled, demandedSeconds(error));
}

/**
 * Seconds until the next scan after a failed one, with `failuresBefore` consecutive failures before it: from about a
 * minute up to the ordinary interval, or what the registry demanded.
 */
export function scanDelaySeconds(failuresBefore: number, intervalSeconds: number, error: unknown): number {
  const grown = Math.min(
    retryDelaySeconds(3 + failuresBefore, undefined),
    Math.max(intervalSeconds, FIRST_SECONDS),
  );
  return Math.max(grown, demandedSeconds(error));
}

const DAY_SECONDS = 86_400;

/**
 * Seconds until a failed re-inspection is retried: from a minute, doubling up to a day, or what the registry demanded.
 */
export function reinspectionDelaySeconds(failuresBefore: number, error: unknown): number {
  if (isFinal(error)) return DAY_SECONDS;
  return Math.max(Math.min(DAY_SECONDS, 60 * 2 ** Math.min(failuresBefore, 20)), demandedSeconds(error));
}

function demandedSeconds(error: unknown): number {
  return isAppError(error) ? Math.min(error.retryAfterSeconds ?? 0, DEMANDED_SECONDS_MAX) : 0;
}
