/** What an error of the registry means for scans: about the repository, the host or one image, and the back-off. */

import type { Refusal } from "@/lib/extension/reachability/availability";
import { type AppError, hasCode, isAppError } from "@/lib/platform/errors";

/** How the registry refused the repository itself; undefined for every other trouble, which says nothing about it. */
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
  "realm_forbidden",
  "stopping",
  "database_unavailable",
];

/** True when the next image of the repository would meet the same: nothing is held against the one that met it first. */
export function isAboutHost(error: unknown): boolean {
  if (!isAppError(error)) return false;
  // The gate of a host says until when; nothing was sent.
  return CODES.includes(error.code) || typeof error.details?.until === "string";
}

/** Beyond a limit at this digest: it will be so at every try. */
export function isForGood(error: unknown): boolean {
  return isAppError(error) && error.code === "limit_exceeded" && !error.retryable;
}

const FIRST_SECONDS = 10;
const LONGEST_SECONDS = 3_600;
const DEMANDED_SECONDS_MAX = 6 * 3_600;

/** Seconds until the next try after `attempts` failures: doubling up to an hour, or what the registry demanded. */
export function retryDelaySeconds(attempts: number, error: unknown): number {
  const doubled = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(attempts, 20));
  return Math.max(doubled, demandedSeconds(error));
}

/**
 * Seconds until a repository is scanned again after its scan failed, `failuresBefore` others having failed just before:
 * from about a minute up to the ordinary interval, or what the registry demanded.
 */
export function scanDelaySeconds(failuresBefore: number, intervalSeconds: number, error: unknown): number {
  const grown = Math.min(
    retryDelaySeconds(3 + failuresBefore, undefined),
    Math.max(intervalSeconds, FIRST_SECONDS),
  );
  return Math.max(grown, demandedSeconds(error));
}

/**
 * Seconds until an image is inspected again by newer rules after that failed: from a minute, doubling up to a day, or
 * what the registry demanded.
 */
export function reinspectionDelaySeconds(failuresBefore: number, error: unknown): number {
  return Math.max(Math.min(86_400, 60 * 2 ** Math.min(failuresBefore, 20)), demandedSeconds(error));
}

function demandedSeconds(error: unknown): number {
  return isAppError(error) ? Math.min(error.retryAfterSeconds ?? 0, DEMANDED_SECONDS_MAX) : 0;
}
