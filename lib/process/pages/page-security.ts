/**
 * Secures requests and responses of pages: headers that only Gantry sets are removed, and each page gets a content
 * security policy with its own nonce (CSP Level 3, sections 6.1.11 and 8.2).
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import { securityHeaders } from "@/lib/api/answers/security-headers";
import { CLIENT_IP_HEADER, REQUEST_ID_HEADER } from "@/lib/identity/requests/request-headers";
import { randomNonce } from "@/lib/process/pages/nonce";

export type PageSecurity = {
  development: boolean;
  /** The public URL of this instance. */
  url: string;
  /** The client's address, after trusted proxies. */
  clientIp: string;
  requestId: string;
};

/**
 * Headers that Next uses between its own parts, headers of proxies (the server has already read the trusted ones), and
 * policies.
 */
const INBOUND_FORBIDDEN =
  /^(?:content-security-policy(?:-report-only)?|x-nonce|x-middleware-.*|x-nextjs-(?!(?:html-)?request-id$).*|x-invoke-.*|x-matched-path|x-now-route-matches|x-action-forwarded|x-forwarded-.*|forwarded|next-resume.*|x-gantry-.*)$/;

/** Build output, with content hashes in its names. */
export const IMMUTABLE_FILES = /^\/_next\/static\//;

/** Prepares `req` and `res` for Next's handler. Sends and throws nothing. */
export function securePage(req: IncomingMessage, res: ServerResponse, options: PageSecurity): void {
  cleanRequest(req, options);
  const https = options.url.startsWith("https://");
  const policy = contentSecurityPolicy(randomNonce(), { development: options.development, https });
  // Next takes the nonce for its scripts from the request's policy.
  req.headers["content-security-policy"] = policy;
  res.setHeader("content-security-policy", policy);
  for (const [name, value] of Object.entries(pageHeaders({ https }))) res.setHeader(name, value);
  if (options.development || !IMMUTABLE_FILES.test(req.url ?? "")) res.setHeader("cache-control", "no-store");
}

/** The headers of every page besides its policy. */
export function pageHeaders({ https }: { https: boolean }): Record<string, string> {
  return { "cross-origin-resource-policy": "same-origin", ...securityHeaders({ https }) };
}

/** `nonce`: base64url, never used twice. */
export function contentSecurityPolicy(
  nonce: string,
  { development, https }: { development: boolean; https: boolean },
): string {
  const style = development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src ${style}`,
    "img-src 'self' data:",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

function cleanRequest(req: IncomingMessage, { url, clientIp, requestId }: PageSecurity): void {
  for (const name of Object.keys(req.headers)) {
    if (INBOUND_FORBIDDEN.test(name)) delete req.headers[name];
  }
  req.headers[CLIENT_IP_HEADER] = clientIp;
  req.headers[REQUEST_ID_HEADER] = requestId;
  agreeOnHost(req, url);
}

/**
 * Next compares a server action's `Origin` with the host that it assumes, and fails on an `Origin` that is not a URL.
 * Behind a proxy that rewrites `Host`, our public URL is the correct host.
 */
function agreeOnHost(req: IncomingMessage, url: string): void {
  const { origin } = req.headers;
  if (origin === undefined) return;
  const sent = URL.parse(origin);
  if (sent === null) req.headers.origin = "null";
  else if (sent.origin === url) req.headers["x-forwarded-host"] = sent.host;
}
