/**
 * Requests a page from Next as an anonymous visitor. The request is ordinary HTTP, sent through an in-process stream
 * pair: it needs no port or file, and nothing of a visitor's request leaks into it.
 */

import { createServer, type IncomingMessage, request } from "node:http";
import { type Duplex, duplexPair } from "node:stream";
import { buffer } from "node:stream/consumers";
import { HOST_COOKIE, hostCookieValue } from "@/lib/catalog/queries/host-choice";
import { CLIENT_IP_HEADER, REQUEST_ID_HEADER } from "@/lib/identity/requests/request-headers";
import { randomText } from "@/lib/platform/crypto";
import type { PageRequest } from "@/lib/process/page-cache/page-request";
import type { PageHandler } from "@/lib/process/page-handler";
import { randomNonce } from "@/lib/process/pages/nonce";
import { contentSecurityPolicy } from "@/lib/process/pages/page-security";

export type RenderedPage = {
  status: number;
  contentType: string;
  setsCookie: boolean;
  html: string;
  /** The placeholder for the nonce. */
  placeholder: string;
};

export type RenderPage = (page: PageRequest) => Promise<RenderedPage>;

const RENDER_TIMEOUT_MS = 10_000;
const REQUEST_ID_BYTES = 9;

/** `url`: the public URL of this instance. */
export function createRenderPage(pages: PageHandler, url: string): RenderPage {
  const server = createServer((req, res) => {
    pages(req, res).catch((error: Error) => res.destroy(error));
  });
  return async (page) => {
    const placeholder = randomNonce();
    const [ours, theirs] = linkedPair();
    server.emit("connection", theirs);
    const asked = request({
      createConnection: () => ours,
      path: page.address,
      headers: headersFor(page, placeholder, url),
      signal: AbortSignal.timeout(RENDER_TIMEOUT_MS),
    });
    try {
      const answer = await answerTo(asked);
      return {
        status: answer.statusCode ?? 500,
        contentType: answer.headers["content-type"] ?? "",
        setsCookie: answer.headers["set-cookie"] !== undefined,
        html: (await buffer(answer)).toString("utf8"),
        placeholder,
      };
    } finally {
      ours.destroy();
      theirs.destroy();
    }
  };
}

/** Unlike sockets, the ends of a stream pair do not notice when the other end is destroyed. */
function linkedPair(): [Duplex, Duplex] {
  const [ours, theirs] = duplexPair();
  theirs.once("close", () => {
    if (!theirs.writableFinished) ours.destroy(new Error("the response was cut off"));
  });
  return [ours, theirs];
}

function answerTo(asked: ReturnType<typeof request>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.once("response", resolve).once("error", reject).end();
  });
}

function headersFor({ host }: PageRequest, placeholder: string, url: string): Record<string, string> {
  const https = url.startsWith("https://");
  return {
    host: new URL(url).host,
    accept: "text/html",
    "accept-encoding": "identity",
    "user-agent": "Gantry",
    // Next takes the nonce for its scripts from the request's policy.
    "content-security-policy": contentSecurityPolicy(placeholder, { development: false, https }),
    [CLIENT_IP_HEADER]: "127.0.0.1",
    [REQUEST_ID_HEADER]: randomText(REQUEST_ID_BYTES),
    ...(host ? { cookie: `${HOST_COOKIE}=${hostCookieValue(host)}` } : {}),
  };
}
