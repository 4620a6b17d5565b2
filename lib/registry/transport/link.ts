import type { GuardedResponse } from "@/lib/egress/response";
import type { RegistryEntry } from "@/lib/registry/registries";
import { namedUrl } from "@/lib/registry/transport/named-url";
import { refusedRedirect } from "@/lib/registry/transport/redirects";

const LINK = /<([^<>]*)>((?:\s*;\s*[\w!#$%&'*+.^`|~-]+(?:\s*=\s*(?:"[^"]*"|[^\s,;"]+))?)*)/g;
const IS_NEXT = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=[\s;]|$))/i;

/**
 * The URL of the next page (RFC 8288; distribution-spec, "Listing Tags"). Undefined if there is none. Throws
 * `redirect_forbidden` if it is not on the registry itself.
 */
export function nextPage(response: GuardedResponse, entry: RegistryEntry): URL | undefined {
  const links = response.headers.all("link").flatMap((line) => [...line.matchAll(LINK)]);
  const target = links.find(([, , parameters = ""]) => IS_NEXT.test(parameters))?.[1];
  if (target === undefined) return undefined;
  const url = namedUrl(target, response.url, response.url);
  if (url?.origin !== entry.origin || url.username !== "" || url.password !== "") {
    throw refusedRedirect(entry, "its next page is on another host");
  }
  return url;
}
