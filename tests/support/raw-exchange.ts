/** Bytes on the wire: what a client writes, and all that it gets until the server closes. */

import { connect } from "node:net";

export type Exchange = {
  /** Everything that came. */
  text: string;
  /** The first status; undefined when none came. */
  status: number | undefined;
};

/** Never ends the connection itself; fails when the server has not closed it after `withinMs`. */
export function exchangeUntilClosed(url: string, request: string, withinMs = 60_000): Promise<Exchange> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`still open after ${withinMs} ms; came: ${Buffer.concat(chunks)}`));
    }, withinMs);
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(timer);
      const text = Buffer.concat(chunks).toString("latin1");
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
      resolve({ text, status: status === undefined ? undefined : Number(status) });
    });
  });
}

/** So many at once. Their statuses, each once. */
export async function statusesOf(url: string, request: string, count: number): Promise<unknown[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => exchangeUntilClosed(url, request)));
  return [...new Set(answers.map(({ status }) => status))];
}

const H2C = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
const WEBSOCKET =
  "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

const get = (path: string, headers: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;

/** Requests for another protocol, and the status of the answer to each. */
export const UPGRADE_REQUESTS: readonly (readonly [what: string, request: string, status: number])[] = [
  ["h2c on the API", get("/api/v1/extensions", H2C), 200],
  ["h2c on the health", get("/livez", H2C), 200],
  ["an unknown protocol", get("/api/v1/extensions", "Connection: Upgrade\r\nUpgrade: irc/6.9\r\n"), 200],
  ["h2c on an unknown path", get("/api/v1/nothing", H2C), 404],
  ["a WebSocket on the API", get("/api/v1/extensions", WEBSOCKET), 400],
  ["a WebSocket on a page", get("/", WEBSOCKET), 400],
  ["a WebSocket on Next's hot reload", get("/_next/hmr", WEBSOCKET), 400],
  ["a WebSocket among others", get("/", "Connection: Upgrade\r\nUpgrade: h2c, WebSocket\r\n"), 400],
  ["a tunnel", "CONNECT registry.example:443 HTTP/1.1\r\nHost: registry.example:443\r\n\r\n", 405],
];
