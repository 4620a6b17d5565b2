/** Web server for the demo publishers' files: TLS on loopback, with a certificate that it creates at each start. */

import { createServer } from "node:https";
import { makeCertificate } from "@/scripts/demo/certificate/certificate";
import { listenOnLoopback } from "@/scripts/demo/listen-on-loopback";
import type { Site } from "@/scripts/demo/media/site";

export type MediaServer = {
  /** `127.0.0.1:PORT`, the value for GANTRY_MEDIA_HOSTS. */
  host: string;
  origin: string;
  /** The certificate in PEM, for the file in NODE_EXTRA_CA_CERTS. */
  certificate: string;
  stop(): Promise<void>;
};

/** `port` 0: the operating system chooses. Throws the system's own error when it is taken. */
export async function startMediaServer({ port, site }: { port: number; site: Site }): Promise<MediaServer> {
  const tls = makeCertificate({ subject: "The demo's publishers", names: ["IP:127.0.0.1"], days: 3650 });
  const server = createServer(tls, async ({ url = "/", method }, response) => {
    const file = method === "GET" || method === "HEAD" ? await site(pathOf(url)) : undefined;
    if (file === undefined) {
      response.writeHead(404, { "content-type": "text/plain" }).end("File not found.\n");
      return;
    }
    const { contentType, body } = file;
    response.writeHead(200, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
    response.end(method === "HEAD" ? undefined : body);
  });
  const { host, stop } = await listenOnLoopback(server, port);
  return { host, origin: `https://${host}`, certificate: tls.cert, stop };
}

function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? "/";
}
