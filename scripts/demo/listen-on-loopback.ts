import type { Server, Socket } from "node:net";

export type LoopbackServer = {
  /** `127.0.0.1:PORT`. */
  host: string;
  /** Also closes open keep-alive connections. */
  stop(): Promise<void>;
};

const LOOPBACK = "127.0.0.1";

/** Throws the system's own error when the port is taken; 0 = the operating system chooses. */
export async function listenOnLoopback(server: Server, port: number): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : port;
  return {
    host: `${LOOPBACK}:${taken}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
