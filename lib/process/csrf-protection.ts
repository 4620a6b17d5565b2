import type { IncomingMessage, ServerResponse } from "node:http";
import { requireSameOrigin } from "@/lib/identity/requests/same-origin";
import { isAppError } from "@/lib/platform/errors";

/**
 * CSRF protection: responds 403 to a form or server action of another site before its body is read. Returns true if it
 * responded. Next itself accepts requests without `Origin` and rejects others with a 500.
 */
export function refuseCrossSitePost(req: IncomingMessage, res: ServerResponse, url: string): boolean {
  if (req.method !== "POST") return false;
  try {
    requireSameOrigin(
      {
        origin: req.headers.origin,
        host: req.headers.host,
        secFetchSite: text(req.headers["sec-fetch-site"]),
      },
      url,
    );
    return false;
  } catch (error) {
    if (!isAppError(error)) throw error;
    res.writeHead(error.status, { "content-type": "text/plain; charset=utf-8", connection: "close" });
    res.end(`${error.message} ${error.suggestion}\n`);
    return true;
  }
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(", ") : value;
}
