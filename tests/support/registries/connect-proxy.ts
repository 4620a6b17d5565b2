import { createServer, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { listen } from "@/tests/support/processes/listen";

export type ConnectProxy = {
  origin: string;
  /** The requested targets, in order, including refused ones. */
  tunnels: { target: string; headers: IncomingHttpHeaders }[];
  stop(): Promise<void>;
};

/**
 * A corporate proxy (RFC 9110, 9.3.6): every tunnel leads to `port` on loopback, whatever the requested name. With
 * `credentials` (`user:password`) it answers 407 to everybody else.
 */
export async function startConnectProxy(port: () => number, credentials?: string): Promise<ConnectProxy> {
  const tunnels: ConnectProxy["tunnels"] = [];
  const wanted = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on("connect", ({ url = "", headers }, socket) => {
    tunnels.push({ target: url, headers });
    if (wanted !== undefined && headers["proxy-authorization"] !== wanted) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    const upstream = connect(port(), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  const { origin, stop } = await listen(server);
  return { origin, tunnels, stop };
}
