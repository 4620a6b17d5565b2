import type { GuardedResponse } from "@/lib/egress/response";
import type { RegistryEntry } from "@/lib/registry/registries";
import { namedUrl } from "@/lib/registry/transport/named-url";
import { refusedRedirect } from "@/lib/registry/transport/redirects";

const LINK = /<([^<>]*)>((?:\s*;\s*[\w!#$%&'*+.^`|~-]+(?:\s*=\s*(?:"[^"]*"|[^\s,;"]+))?)*)/g;
const IS_NEXT = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=[\s;]|$))/i;

/**
 * The URL of the next page of a list of referrers (RFC 8288; distribution-spec, "Listing Referrers"). Undefined if there
 * is none. Throws `redirect_forbidden` if it is not on the registry itself.
 */
export function nextPage(response: GuardedResponse, entry: RegistryEntry): URL | undefined {
  const target = nextTarget(response);
  if (target === undefined) return undefined;
  const url = namedUrl(target, response.url, response.url);
  if (url?.origin !== entry.origin || url.username !== "" || url.password !== "") {
    throw refusedRedirect(entry, "its next page is on another host");
  }
  return url;
}

/**
 * The next page of the tag list whose first page is `first`. A `Link` that lost a part of its path behind a proxy, or
 * names another host, gives only its cursor: the request keeps our own address. `unusable` if it has no cursor.
 */
export function nextTagPage(response: GuardedResponse, first: URL): URL | "unusable" | undefined {
  const target = nextTarget(response);
  if (target === undefined) return undefined;
  const url = namedUrl(target, response.url, response.url);
  if (url === undefined) return "unusable";
  const isOwn = url.origin === first.origin && url.pathname === first.pathname && url.username === "";
  return isOwn ? tagPageUrl(first, url.search) : withCursorOf(url, first);
}

/** Copied as they are written: an opaque cursor can have characters that a decoder would change. */
const LAST = /[?&]last=([^&#]+)/;
const COUNT = /[?&]n=(\d{1,6})(?=&|$)/;
const CURSOR_CHARACTERS = 2_048;

function withCursorOf({ search }: URL, first: URL): URL | "unusable" {
  const last = LAST.exec(search)?.[1] ?? "";
  if (last === "" || last.length > CURSOR_CHARACTERS) return "unusable";
  const count = COUNT.exec(search)?.[1];
  return tagPageUrl(first, count === undefined ? `?last=${last}` : `?n=${count}&last=${last}`);
}

function tagPageUrl({ origin, pathname }: URL, search: string): URL {
  const url = new URL(pathname, origin);
  url.search = search;
  return url;
}

/** The target of the first `Link` with the relation `next`, as it is written. */
function nextTarget(response: GuardedResponse): string | undefined {
  const links = response.headers.all("link").flatMap((line) => [...line.matchAll(LINK)]);
  return links.find(([, , parameters = ""]) => IS_NEXT.test(parameters))?.[1];
}
