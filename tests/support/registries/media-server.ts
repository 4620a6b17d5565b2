import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificate } from "@/scripts/demo/certificate/certificate";
import { listen } from "@/tests/support/processes/listen";

export type MediaAnswer = {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
};

export type MediaBehavior = MediaAnswer | ((request: IncomingMessage, response: ServerResponse) => void);

/** A host of icons, screenshots and pages over TLS, which does what a test tells it; everything else is 404. */
export type MediaServer = {
  host: string;
  origin: string;
  /** PEM, and the file that holds it for NODE_EXTRA_CA_CERTS. */
  ca: string;
  caPath: string;
  requests: { url: string; headers: IncomingMessage["headers"] }[];
  on(path: string, behavior: MediaBehavior): void;
  /** TCP connections accepted so far. */
  connections(): number;
  stop(): Promise<void>;
};

const NAMES = ["IP:127.0.0.1", "DNS:media.acme.example"];

export async function startMediaServer(): Promise<MediaServer> {
  const folder = mkdtempSync(join(tmpdir(), "gantry-media-"));
  const caPath = join(folder, "ca.pem");
  const tls = makeCertificate({ subject: "gantry-media", names: NAMES });
  writeFileSync(caPath, tls.cert);
  const behaviors = new Map<string, MediaBehavior>();
  const requests: MediaServer["requests"] = [];
  const server = createServer(tls, (request, response) => {
    const { url = "", headers } = request;
    requests.push({ url, headers });
    answer(behaviors.get(url.split("?", 1)[0] ?? "") ?? { status: 404 }, request, response);
  });
  const listening = await listen(server, "https");
  return {
    host: listening.host,
    origin: listening.origin,
    ca: tls.cert,
    caPath,
    requests,
    on: (path, behavior) => behaviors.set(path, behavior),
    connections: listening.connections,
    async stop() {
      await listening.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answer(behavior: MediaBehavior, request: IncomingMessage, response: ServerResponse): void {
  if (typeof behavior === "function") {
    behavior(request, response);
    return;
  }
  response.writeHead(behavior.status ?? 200, behavior.headers);
  response.end(request.method === "HEAD" ? undefined : behavior.body);
}
