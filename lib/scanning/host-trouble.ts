import { type AppError, isAppError } from "@/lib/platform/errors";

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
