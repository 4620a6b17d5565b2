/**
 * A small OCI registry for demos and tests: push, pull, tags, referrers, deletes (distribution-spec 1.1). It
 * listens on loopback only and asks nobody who they are.
 */

import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { answerRequest } from "@/scripts/demo/registry/router";
import { openStore } from "@/scripts/demo/registry/store";
import { createUploads } from "@/scripts/demo/registry/uploads";

export type OwnRegistry = {
  /** `127.0.0.1:PORT`, the host part of its repositories. */
  host: string;
  url: string;
  /** The value of GANTRY_REGISTRIES that allows this registry under its own name. */
  registries: string;
  stop(): Promise<void>;
};

export type RegistryOptions = {
  /** 0, the default: the operating system chooses. */
  port?: number;
  /** Where content is kept, so that it is there again after a restart; absent = in memory only. */
  folder?: string;
  limits?: Partial<RegistryLimits>;
};

export type RegistryLimits = {
  /** Of all blobs and manifests together. */
  totalBytes: number;
  blobBytes: number;
  manifestBytes: number;
  /** Begun and not finished; the one that was idle longest makes room for a new one. */
  uploads: number;
  tagsPerPage: number;
};

const LIMITS: RegistryLimits = {
  totalBytes: 1024 * 1024 * 1024,
  blobBytes: 256 * 1024 * 1024,
  manifestBytes: 4 * 1024 * 1024,
  uploads: 64,
  tagsPerPage: 1000,
};

const LOOPBACK = "127.0.0.1";

/** Throws the system's own error when the port is taken. */
export async function startRegistry(options: RegistryOptions = {}): Promise<OwnRegistry> {
  const limits = { ...LIMITS, ...options.limits };
  const store = openStore(options.folder, limits);
  const uploads = createUploads(limits);
  const server = createServer((request, response) => {
    void answerRequest({ store, uploads, limits }, request, response);
  });
  const stop = stopper(server);
  const port = await listen(server, options.port ?? 0);
  const host = `${LOOPBACK}:${port}`;
  const url = `http://${host}`;
  return { host, url, registries: url, stop };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Ends open connections too: clients keep theirs alive. */
function stopper(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
}
