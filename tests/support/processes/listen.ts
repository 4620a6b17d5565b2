import type { Server } from "node:http";
import type { Socket } from "node:net";

export type Listening = {
  host: string;
  origin: string;
  port: number;
  /** TCP connections accepted so far. */
  connections(): number;
  stop(): Promise<void>;
};

/** Listens on a loopback port that the operating system chooses; `stop` drops open connections too. */
export async function listen(server: Server, scheme: "http" | "https" = "http"): Promise<Listening> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on("connection", (socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const host = `127.0.0.1:${address.port}`;
  return {
    host,
    origin: `${scheme}://${host}`,
    port: address.port,
    connections: () => accepted,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
