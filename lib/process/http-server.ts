/** The HTTP server: health and API first, then pages. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Api } from "@/lib/api/api";
import type { ClientAddress } from "@/lib/api/requests/client-address";
import { CLIENT_IP_HEADER } from "@/lib/identity/requests/request-headers";
import { randomText } from "@/lib/platform/crypto";
import { AppError, isAppError } from "@/lib/platform/errors";
import type { Log } from "@/lib/platform/log";
import { type ConnectionLimits, limitConnections } from "@/lib/process/connections";
import { refuseCrossSitePost } from "@/lib/process/csrf-protection";
import { answerHealth, type Health } from "@/lib/process/health";
import type { ServeCachedPage } from "@/lib/process/page-cache/serve-cached-page";
import type { PageHandler } from "@/lib/process/page-handler";
import { clearSiteDataOnSignOut } from "@/lib/process/pages/clear-site-data";
import { type PageLimits, type PageRequester, untilAnswered } from "@/lib/process/pages/page-limits";
import { IMMUTABLE_FILES, securePage } from "@/lib/process/pages/page-security";
import { refuseTunnels, refuseWebSocket } from "@/lib/process/unusual-requests";

export type HttpServerOptions = {
  /** Undefined in a worker, which only reports its health. */
  api: Api | undefined;
  pages(): PageHandler | undefined;
  /** Tried before `pages`. */
  serveCachedPage(): ServeCachedPage | undefined;
  pageLimits: PageLimits;
  health: Health;
  clientAddress: ClientAddress;
  development: boolean;
  connections: ConnectionLimits;
  url: string;
  log: Log;
};

/** Time from the connection, or the end of the previous response, to the end of the headers. */
const HEADERS_TIMEOUT_MS = 15_000;
/** Time to the end of the body. */
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
/** The interval at which Node checks the first two timeouts. */
const TIMEOUT_CHECK_MS = 5_000;
/** Idle time in both directions; longer than any operation takes to respond. */
const IDLE_MS = 180_000;
const REQUEST_ID_BYTES = 9;

export function createHttpServer(options: HttpServerOptions): Server {
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
  });
  // In development, a page can take minutes to compile.
  if (!options.development) server.timeout = IDLE_MS;
  limitConnections(server, options.connections);
  refuseTunnels(server);
  server.on("request", (req, res) => {
    if (refuseWebSocket(req, res)) return;
    if (options.api?.handle(req, res)) return;
    if (answerHealth((req.url ?? "").split("?", 1)[0] ?? "", options.health, res)) return;
    void answerPage(req, res, options);
  });
  return server;
}

async function answerPage(
  req: IncomingMessage,
  res: ServerResponse,
  options: HttpServerOptions,
): Promise<void> {
  const pages = options.pages();
  if (!isPagePath(req.url)) return plain(res, 400, "The address of this request is invalid.");
  if (!pages)
    return plain(
      res,
      options.api ? 503 : 404,
      options.api ? "Gantry is starting. Try again in a moment." : "This process serves no pages.",
    );
  if (!PAGE_METHODS.includes(req.method ?? "")) return methodNotAllowed(res);
  const { development, url, clientAddress } = options;
  const forwarded = [req.headers["x-forwarded-for"]].flat().join(",");
  // After a form's redirect, Next requests the next page internally, with the headers that it got from us.
  const own = req.headers[CLIENT_IP_HEADER] !== undefined;
  const clientIp = clientAddress(req.socket.remoteAddress, forwarded, own);
  const requester = options.pageLimits.requester(req, clientIp);
  try {
    if (await options.serveCachedPage()?.(req, res, requester)) return;
    clearSiteDataOnSignOut(res, url);
    securePage(req, res, { development, url, clientIp, requestId: randomText(REQUEST_ID_BYTES) });
    if (refuseCrossSitePost(req, res, url)) return;
    await answerByNext(req, res, pages, requester);
  } catch (err) {
    if (isAppError(err) && !res.headersSent) return refuse(res, err);
    options.log.error({ err, path: req.url }, "a page failed");
    if (res.headersSent) res.destroy();
    else plain(res, 500, "Gantry could not render this page and logged the error. Try again.");
  }
}

const PAGE_METHODS = ["GET", "HEAD", "POST", "OPTIONS"];

function methodNotAllowed(res: ServerResponse): void {
  res.setHeader("allow", PAGE_METHODS.join(", "));
  plain(res, 405, `Allowed methods: ${PAGE_METHODS.join(", ")}.`);
}

/**
 * Static files are not limited. Forms are not queued here: a body can arrive slowly, and the operations have their own
 * limits.
 */
async function answerByNext(
  req: IncomingMessage,
  res: ServerResponse,
  pages: PageHandler,
  requester: PageRequester,
): Promise<void> {
  if (IMMUTABLE_FILES.test(req.url ?? "")) return pages(req, res);
  requester.consume();
  if (req.method !== "GET" && req.method !== "HEAD") return pages(req, res);
  let answered: Promise<void> | undefined;
  await requester.render(async () => {
    const begun = untilAnswered(res);
    answered = pages(req, res);
    await Promise.race([begun, answered]);
  });
  await answered;
}

function refuse(res: ServerResponse, { status, message, suggestion, retryAfterSeconds }: AppError): void {
  if (retryAfterSeconds !== undefined) res.setHeader("retry-after", String(retryAfterSeconds));
  plain(res, status, `${message} ${suggestion}`);
}

/**
 * Accepts origin-form only, because an absolute target would make Next assume another host. Rejects broken escapes,
 * which Next would report as its own error.
 */
function isPagePath(url: string | undefined): boolean {
  if (url?.startsWith("/") !== true) return false;
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

function plain(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(status === 503 && !res.hasHeader("retry-after") ? { "retry-after": "1" } : {}),
  });
  res.end(`${text}\n`);
}

/** Resolves with the port once the server listens; throws a clear `configuration` error when it can't. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(host, port, error)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): AppError {
  const why = cause.code === "EADDRINUSE" ? "another program listens there" : cause.message;
  return new AppError("configuration", `Gantry can't listen on ${host}:${port}: ${why}.`, {
    suggestion: "Stop the other program, or choose another address with PORT and HOST.",
    cause,
  });
}

/** Lets running requests finish, closes idle connections at once, and closes the rest after `graceMs`. */
export async function closeHttpServer(server: Server, graceMs: number): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}
