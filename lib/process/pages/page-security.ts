/**
 * What stands between the network and Next: headers that only we may set are taken away, and each page gets a content
 * security policy with a nonce of its own (CSP Level 3, sections 6.1.11 and 8.2).
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import { securityHeaders } from "@/lib/api/answers/security-headers";
import { CLIENT_IP_HEADER, REQUEST_ID_HEADER } from "@/lib/identity/requests/request-headers";
import { randomNonce } from "@/lib/process/pages/nonce";

export type PageSecurity = {
  development: boolean;
  /** How the outside calls this instance. */
  url: string;
  /** The client's address, after trusted proxies. */
  clientIp: string;
  requestId: string;
};

/** Next's own channels between its parts, statements of proxies (the server has read those it trusts), and policies. */
const INBOUND_FORBIDDEN =
  /^(?:content-security-policy(?:-report-only)?|x-nonce|x-middleware-.*|x-nextjs-(?!(?:html-)?request-id$).*|x-invoke-.*|x-matched-path|x-now-route-matches|x-action-forwarded|x-forwarded-.*|forwarded|next-resume.*|x-gantry-.*)$/;

/** What the build made, named by its content. */
export const IMMUTABLE_FILES = /^\/_next\/static\//;

/** Prepares `req` and `res` for Next's handler. Answers nothing itself, and throws nothing. */
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

/** What every page carries besides its policy. */
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
 * Next compares a server action's `Origin` with the host it believes in, and fails on an `Origin` that is no address.
 * Behind a proxy that rewrites `Host`, our public address is the right one to believe in.
 */
function agreeOnHost(req: IncomingMessage, url: string): void {
  const { origin } = req.headers;
  if (origin === undefined) return;
  const sent = URL.parse(origin);
  if (sent === null) req.headers.origin = "null";
  else if (sent.origin === url) req.headers["x-forwarded-host"] = sent.host;
}
