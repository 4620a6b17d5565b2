/** Serves cached pages, each response with its own nonce. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { negotiateEncoding } from "@/lib/api/answers/negotiate";
import { sessionCookieName } from "@/lib/identity/sessions/session-cookie";
import { type NonceTemplate, pageBody } from "@/lib/process/page-cache/nonce-template";
import type { PageCache } from "@/lib/process/page-cache/page-cache";
import { readPageRequest } from "@/lib/process/page-cache/page-request";
import { randomNonce } from "@/lib/process/pages/nonce";
import type { PageRequester } from "@/lib/process/pages/page-limits";
import { contentSecurityPolicy, pageHeaders } from "@/lib/process/pages/page-security";

/** True if it responded; false if Next must. Never rejects. */
export type ServeCachedPage = (
  req: IncomingMessage,
  res: ServerResponse,
  requester: PageRequester,
) => boolean | Promise<boolean>;

/**
 * A nonce is for one visitor, so shared caches must not store the response. Browsers revalidate each time, because the
 * visitor may have signed in since.
 */
const KEEPING = {
  "cache-control": "private, no-cache",
  vary: "Cookie, Authorization, Accept-Encoding, RSC, Next-Router-State-Tree, Next-Router-Prefetch, Next-Router-Segment-Prefetch, Next-Url",
  "content-type": "text/html; charset=utf-8",
};

/** `url`: the public URL of this instance. */
export function createServeCachedPage(cache: PageCache, url: string): ServeCachedPage {
  const https = url.startsWith("https://");
  const sessionCookie = sessionCookieName(url);
  const common = Object.entries({ ...pageHeaders({ https }), ...KEEPING }).flat();
  const send = (req: IncomingMessage, res: ServerResponse, template: NonceTemplate | undefined): boolean => {
    const encoding = negotiateEncoding(req.headers["accept-encoding"] ?? "");
    if (template === undefined || encoding === undefined) return false;
    const nonce = randomNonce();
    const body = pageBody(template, nonce, encoding);
    res.writeHead(200, [
      ...["content-security-policy", contentSecurityPolicy(nonce, { development: false, https })],
      ...common,
      ...(encoding === "gzip" ? ["content-encoding", "gzip"] : []),
      ...["content-length", String(body.byteLength)],
    ]);
    res.end(req.method === "HEAD" ? undefined : body);
    return true;
  };
  return (req, res, requester) => {
    const page = readPageRequest(req, sessionCookie);
    const found = page && cache.find(page, requester);
    return found instanceof Promise
      ? found.then((template) => send(req, res, template))
      : send(req, res, found);
  };
}
