import type { IncomingMessage } from "node:http";
import {
  HOST_COOKIE,
  type HostChoice,
  hostCookieValue,
  parseHostCookie,
} from "@/lib/catalog/queries/host-choice";
import { cacheableAddress } from "@/lib/process/page-cache/cacheable-pages";

/** All that a kept page may depend on, besides the snapshot. */
export type PageRequest = {
  /** Path and query in one order. */
  address: string;
  host: HostChoice | undefined;
  /** The path alone, in its plain spelling: there are as many as there are pages. */
  isPlain: boolean;
  /** Names both: equal for requests that get the same page. */
  key: string;
};

/** A query, or an escape other than that of a colon, which links to repositories with a port hold. */
const ODD_SPELLING = /\?|%(?!3A)/;

const TARGET_CHARACTERS_MAX = 4_096;

/** How Next's own scripts ask for parts of pages, prefetch them and call server actions. */
const NEXT_HEADER = /^(?:rsc|next-.*|x-nextjs-.*)$/;

/**
 * Undefined for a request that must be answered by Next itself: of somebody who is signed in or says to be, of Next's
 * own scripts, or for another page.
 */
export function readPageRequest(req: IncomingMessage, sessionCookie: string): PageRequest | undefined {
  const { method, url = "", headers } = req;
  if ((method !== "GET" && method !== "HEAD") || url.length > TARGET_CHARACTERS_MAX) return undefined;
  if (headers.authorization !== undefined) return undefined;
  // Wherever the name stands: how Next would read an odd header is not worth guessing.
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
