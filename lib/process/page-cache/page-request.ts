import type { IncomingMessage } from "node:http";
import {
  HOST_COOKIE,
  type HostChoice,
  hostCookieValue,
  parseHostCookie,
} from "@/lib/catalog/queries/host-choice";
import { cacheableAddress } from "@/lib/process/page-cache/cacheable-pages";

/** Everything that a cached page can depend on, besides the snapshot. */
export type PageRequest = {
  /** Path and sorted query. */
  address: string;
  host: HostChoice | undefined;
  /** The path alone, in canonical spelling: the number of such keys is the number of pages. */
  isPlain: boolean;
  /** The cache key: equal for requests that get the same page. */
  key: string;
};

/** A query, or an escape other than that of a colon, which occurs in links to repositories with a port. */
const ODD_SPELLING = /\?|%(?!3A)/;

const TARGET_CHARACTERS_MAX = 4_096;

/** Headers with which Next's own scripts request parts of pages, prefetch them and call server actions. */
const NEXT_HEADER = /^(?:rsc|next-.*|x-nextjs-.*)$/;

/**
 * Undefined for a request that Next must answer: with credentials, from Next's own scripts, or for a page that is not
 * cacheable.
 */
export function readPageRequest(req: IncomingMessage, sessionCookie: string): PageRequest | undefined {
  const { method, url = "", headers } = req;
  if ((method !== "GET" && method !== "HEAD") || url.length > TARGET_CHARACTERS_MAX) return undefined;
  if (headers.authorization !== undefined) return undefined;
  // Matches the name anywhere in the header, because it is unknown how Next parses malformed headers.
  if (headers.cookie?.includes(sessionCookie)) return undefined;
  for (const name in headers) if (NEXT_HEADER.test(name)) return undefined;
  const address = cacheableAddress(url);
  if (address === undefined) return undefined;
  const host = parseHostCookie(cookieValue(headers.cookie, HOST_COOKIE));
  const key = host ? `${address} ${hostCookieValue(host)}` : address;
  return { address, host, isPlain: !ODD_SPELLING.test(address), key };
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  if (!header?.includes(name)) return undefined;
  const prefix = `${name}=`;
  const pairs = header.split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}
