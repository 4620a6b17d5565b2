import type { IncomingMessage } from "node:http";

/**
 * A header by its lower-case name. `req.headers` sorts all of them into an object first, which costs more than an answer
 * from memory otherwise does; it is asked only where a header comes more than once and has to be joined.
 */
export function rawHeader(req: IncomingMessage, name: string): string | undefined {
  const { rawHeaders } = req;
  let value: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const found = rawHeaders[index] ?? "";
    if (found.length !== name.length || found.toLowerCase() !== name) continue;
    if (value !== undefined) return [req.headers[name]].flat().join(", ");
    value = rawHeaders[index + 1];
  }
  return value;
}
