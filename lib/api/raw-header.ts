import type { IncomingMessage } from "node:http";

/**
 * A header by its lower-case name; several of one name are joined as HTTP joins them (RFC 9110, 5.3; RFC 6265, 5.4).
 * `req.headers` sorts all of them into an object first, which costs more than an answer from memory otherwise does, and
 * keeps only the first of two `Authorization`, `Content-Type` or `Host` headers, although the second can come from another
 * sender.
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
