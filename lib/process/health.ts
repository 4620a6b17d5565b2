/** `/livez`: the process runs. `/readyz`: it can serve the catalog. Neither touches the database. */

import type { ServerResponse } from "node:http";

export type Health = {
  /** Undefined until there is a catalog to serve. */
  snapshot(): string | undefined;
  /** False until the first read of the database: the copy on disk can be older than what other processes serve. */
  settled(): boolean;
  /** False until migrations, queue and setup link are in place, and again while stopping. */
  writable(): boolean;
  stopping(): boolean;
};

/** Responds if `path` is one of the two; returns true if it did. */
export function answerHealth(path: string, health: Health, res: ServerResponse): boolean {
  if (path === "/livez") {
    send(res, 200, { live: true });
    return true;
  }
  if (path !== "/readyz") return false;
  const snapshot = health.snapshot();
  const ready = snapshot !== undefined && health.settled() && !health.stopping();
  send(res, ready ? 200 : 503, { ready, writable: health.writable(), snapshot: snapshot ?? null });
  return true;
}

function send(res: ServerResponse, status: number, value: object): void {
  const body = JSON.stringify(value);
  res.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(status === 503 ? { "retry-after": "1" } : {}),
  });
  res.end(body);
}
