import { type IncomingHttpHeaders, request } from "node:http";

export type Sent = {
  status: number;
  headers: IncomingHttpHeaders;
  /** As it came, not decoded. */
  bytes: Buffer;
  text: string;
  json(): unknown;
};

export type SendOptions = { method?: string; headers?: Record<string, string>; body?: string | Buffer };

/** One request exactly as written: no header is added, nothing is decoded, no redirect is followed. */
export function send(origin: string, path: string, options: SendOptions = {}): Promise<Sent> {
  const { method = "GET", headers = {}, body } = options;
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString("utf8");
        const { statusCode = 0, headers: received } = response;
        resolve({ status: statusCode, headers: received, bytes, text, json: () => JSON.parse(text) });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
