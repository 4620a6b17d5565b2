/** Handles requests for other protocols, and methods that no page supports. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** Takes over a WebSocket; false if no handler wants it. */
export type TakeUpgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

const NO_WEBSOCKETS = "Gantry has no WebSocket endpoints. Send an ordinary request.";

/**
 * True if it responded: a WebSocket request gets an error, because no other response is useful. A client that offers
 * another protocol (`h2c`) gets the ordinary response, as RFC 9110 section 7.8 allows.
 */
export function refuseWebSocket(req: IncomingMessage, res: ServerResponse): boolean {
  const { upgrade } = req.headers;
  if (upgrade === undefined) return false;
  // Node drops what a client sent immediately after such a request.
  res.shouldKeepAlive = false;
  if (!isWebSocket(upgrade)) return false;
  res.writeHead(400, PLAIN_HEADERS);
  res.end(`${NO_WEBSOCKETS}\n`);
  return true;
}

function isWebSocket(upgrade: string): boolean {
  return upgrade.split(",").some((protocol) => /^websocket(?:\/|$)/i.test(protocol.trim()));
}

/** Responds to CONNECT; without a listener Node cuts the connection. */
export function refuseTunnels(server: Server): void {
  server.on("connect", (_req, socket) => endWith(socket, "405 Method Not Allowed", "Gantry is not a proxy."));
}

/**
 * For development only: an `upgrade` listener takes every such request away from the ordinary handler and the server's
 * timeouts.
 */
export function passHotReload(server: Server, takeUpgrade: TakeUpgrade): void {
  server.on("upgrade", (req, socket, head) => {
    const taken = req.url?.startsWith(HOT_RELOAD) === true && takeUpgrade(req, socket, head);
    if (!taken) endWith(socket, "400 Bad Request", NO_WEBSOCKETS);
  });
}

/**
 * A server that never listens, for Next. On its first page, Next adds an `upgrade` listener to the server that it is
 * given, or to the real one otherwise, and leaves sockets for unknown paths open without a timeout.
 */
export function serverForNext(): { httpServer: Server; takeUpgrade: TakeUpgrade } {
  const httpServer = createServer();
  return { httpServer, takeUpgrade: (...upgrade) => httpServer.emit("upgrade", ...upgrade) };
}

/** Next's own paths. */
const HOT_RELOAD = "/_next/";
const GONE_AFTER_MS = 1_000;

const PLAIN_HEADERS = {
  "content-type": "text/plain; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/** Node no longer times out such a socket, so it is destroyed even if the client reads nothing. */
function endWith(socket: Duplex, status: string, text: string): void {
  socket.on("error", () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n${text}\n`);
  setTimeout(() => socket.destroy(), GONE_AFTER_MS).unref();
}
