import { type AppError, isAppError } from "@/lib/platform/errors";

/**
 * Who has to act on a failed inspection. `askers`: the request is invalid. `publishers`: the image or its repository
 * must change. `ours`: the registry, the network or Gantry failed, nothing is claimed about the image, and Gantry
 * retries.
 */
export type ProblemOwner = "askers" | "publishers" | "ours";

const ASKERS: readonly AppError["code"][] = [
  "invalid_input",
  "not_found",
  "repository_invalid",
  "reference_invalid",
  "tag_invalid",
  "digest_invalid",
  "registry_not_allowed",
  "configuration",
];

const PUBLISHERS: readonly AppError["code"][] = [
  "no_semver_tags",
  "repository_not_found",
  "reference_not_found",
  "registry_auth_required",
  "unsupported_media_type",
  "layout_invalid",
];

export function attributeError(error: unknown): ProblemOwner {
  if (!isAppError(error)) return "ours";
  // An image beyond a limit stays so; a timeout can succeed on retry.
  if (error.code === "limit_exceeded") return error.retryable ? "ours" : "publishers";
  if (ASKERS.includes(error.code)) return "askers";
  return PUBLISHERS.includes(error.code) ? "publishers" : "ours";
}
