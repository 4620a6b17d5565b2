import type { Refusal } from "@/lib/extension/reachability/availability";
import { hasCode } from "@/lib/platform/errors";

/** How the registry refused the repository itself; undefined for every other trouble, which says nothing about it. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (hasCode(error, "repository_not_found")) return "gone";
  if (!hasCode(error, "registry_auth_required")) return undefined;
  return error.details?.status === 403 ? "blocked" : "private";
}
