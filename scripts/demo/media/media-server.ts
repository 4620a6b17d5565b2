/** A web server of publishers' files for the demo: TLS on loopback, with a certificate that it makes at each start. */

import { createServer } from "node:https";
import { makeCertificate } from "@/scripts/demo/certificate/certificate";
import { listenOnLoopback } from "@/scripts/demo/listen-on-loopback";
import type { Site } from "@/scripts/demo/media/site";

export type MediaServer = {
  /** `127.0.0.1:PORT`, as GANTRY_MEDIA_HOSTS names it. */
  host: string;
  origin: string;
  /** In PEM, what the file of NODE_EXTRA_CA_CERTS has to hold. */
  certificate: string;
  stop(): Promise<void>;
};

/** `port` 0: the operating system chooses. Throws the system's own error when it is taken. */
export async function startMediaServer({ port, site }: { port: number; site: Site }): Promise<MediaServer> {
  const tls = makeCertificate({ subject: "The demo's publishers", names: ["IP:127.0.0.1"], days: 3650 });
  const server = createServer(tls, async ({ url = "/", method }, response) => {
    const file = method === "GET" || method === "HEAD" ? await site(pathOf(url)) : undefined;
    if (file === undefined) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.\n");
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
