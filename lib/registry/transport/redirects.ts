import { hostPortOf } from "@/lib/egress/destination";
import type { GuardedResponse } from "@/lib/egress/response";
import { AppError } from "@/lib/platform/errors";
import { egressRules, type RegistryEntry, type RegistryTable } from "@/lib/registry/registries";
import { namedUrl } from "@/lib/registry/transport/named-url";

export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * The validated target of a redirect: https (or a plain HTTP host that the operator configured), and never from a
 * public registry to a host that is reachable only because a private registry is there (SSRF). Throws
 * `redirect_forbidden`.
 */
export function redirectTarget(response: GuardedResponse, entry: RegistryEntry, table: RegistryTable): URL {
  const location = response.headers.get("location") ?? "";
  const target = location === "" ? undefined : namedUrl(location, response.url, response.url);
  if (target === undefined) throw refusedRedirect(entry, "it does not say where to");
  if (target.username !== "" || target.password !== "")
    throw refusedRedirect(entry, "it contains a user name");
  if (target.origin === entry.origin) return target;
  const rules = egressRules(table);
  if (target.protocol !== "https:" && !rules.allowHttp(hostPortOf(target))) {
    throw refusedRedirect(entry, `${target.origin} is not an https URL`);
  }
  if (rules.allowPrivate(hostPortOf(target)) && !entry.mayBePrivate) {
    throw refusedRedirect(entry, `${target.host} is a private host that belongs to another registry`);
  }
  return target;
}

export function refusedRedirect(entry: RegistryEntry, why: string): AppError {
  return new AppError("redirect_forbidden", `A redirect by ${entry.host} is not followed: ${why}.`, {
    suggestion: "Ask the registry's operator to check its redirects.",
    details: { host: entry.host },
  });
}
