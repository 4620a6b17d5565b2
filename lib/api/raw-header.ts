import type { IncomingMessage } from "node:http";

/**
 * A header by its lower-case name; repeated headers are joined as in HTTP (RFC 9110, 5.3; RFC 6265, 5.4). `req.headers`
 * parses all headers into an object first, which costs more than the rest of a cached response. It also keeps only the
 * first of two `Authorization`, `Content-Type` or `Host` headers, although the second can come from another sender.
 */
export function rawHeader(req: IncomingMessage, name: string): string | undefined {
  const { rawHeaders } = req;
  let value: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const found = rawHeaders[index] ?? "";
    if (found.length !== name.length || found.toLowerCase() !== name) continue;
    const next = rawHeaders[index + 1];
    value = value === undefined ? next : `${value}${name === "cookie" ? "; " : ", "}${next}`;
  }
  return value;
}
