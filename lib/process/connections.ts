/** Limits on connections: their number, and how long a client can take to read a response. */

import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { networkOf } from "@/lib/platform/rate-limits/network-of";

export type ConnectionLimits = {
  max: number;
  /** Per address (IPv6: per /64). Trusted proxies are exempt, because they carry many clients. */
  perNetworkMax: number;
  isTrustedProxy(address: string): boolean;
  /** A response still being read after this time is cut off. */
  readingMsMax?: number;
};

const READING_MS_MAX = 10 * 60_000;
const SWEEPS = 40;

/** One client can hold at most this fraction of all connections. */
const PER_NETWORK_PART = 8;
/** Descriptors reserved for files, the database and calls to registries. */
const DESCRIPTORS_KEPT = 512;

/** The configured limits, reduced where the system allows fewer open files. */
export function connectionLimits(
  setting: number,
  openFiles: number | undefined,
): { max: number; perNetworkMax: number } {
  const possible = openFiles === undefined ? setting : Math.max(openFiles - DESCRIPTORS_KEPT, openFiles >> 1);
  const max = Math.min(setting, possible);
  return { max, perNetworkMax: Math.max(1, Math.floor(max / PER_NETWORK_PART)) };
}

/** The limit of open files, if the system reports it (Linux). Node raises the soft limit to the hard one. */
export function openFilesMax(limits = readLimits()): number | undefined {
  const [, , hard] = /^Max open files\s+(\d+)\s+(\d+)/m.exec(limits) ?? [];
  return hard === undefined ? undefined : Number(hard);
}

function readLimits(): string {
  try {
    return readFileSync("/proc/self/limits", "utf8");
  } catch {
    // Systems other than Linux do not report it.
    return "";
  }
}

/** Above `max`, Node closes new connections at once; above `perNetworkMax`, the client gets the reason. */
export function limitConnections(server: Server, limits: ConnectionLimits): void {
  server.maxConnections = limits.max;
  const counts = new Map<string, number>();
  const readers = new SlowReaders(limits.readingMsMax ?? READING_MS_MAX);
  server.on("connection", (socket: Socket) => {
    readers.watch(socket);
    const address = socket.remoteAddress ?? "";
    if (limits.isTrustedProxy(address)) return;
    const network = networkOf(address);
    const count = (counts.get(network) ?? 0) + 1;
    counts.set(network, count);
    socket.once("close", () => {
      const left = (counts.get(network) ?? 1) - 1;
      if (left === 0) counts.delete(network);
      else counts.set(network, left);
    });
    if (count > limits.perNetworkMax) refuse(socket, limits.perNetworkMax);
  });
  server.once("close", () => readers.stop());
}

function refuse(socket: Socket, max: number): void {
  const text = `Your network has ${max} connections open, which is the limit. Close some and try again.\n`;
  const head = [
    "HTTP/1.1 503 Service Unavailable",
    "content-type: text/plain; charset=utf-8",
    `content-length: ${Buffer.byteLength(text)}`,
    "retry-after: 5",
    "connection: close",
  ].join("\r\n");
  socket.write(`${head}\r\n\r\n${text}`);
  socket.destroySoon();
}

/** Cuts off responses that are read too slowly. Node's own timeout ends those that are not read at all. */
class SlowReaders {
  /** Since when each socket has continuously had unsent bytes. */
  private readonly waitingSinceMs = new Map<Socket, number | undefined>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly readingMsMax: number) {
    this.timer = setInterval(() => this.sweep(performance.now()), readingMsMax / SWEEPS);
    this.timer.unref();
  }

  watch(socket: Socket): void {
    this.waitingSinceMs.set(socket, undefined);
    socket.once("close", () => this.waitingSinceMs.delete(socket));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private sweep(nowMs: number): void {
    for (const [socket, sinceMs] of this.waitingSinceMs) {
      if (socket.writableLength === 0) this.waitingSinceMs.set(socket, undefined);
      else if (sinceMs === undefined) this.waitingSinceMs.set(socket, nowMs);
      else if (nowMs - sinceMs > this.readingMsMax) socket.destroy();
    }
  }
}
