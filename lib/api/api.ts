/** The API as a handler for a node:http server. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { AnswerWriter } from "@/lib/api/answers/write-answer";
import type { Authenticate, Recognize } from "@/lib/api/caller";
import { createComputing } from "@/lib/api/computing";
import { createDispatch, type Dispatch } from "@/lib/api/dispatch";
import type { Origins } from "@/lib/api/origins";
import { createRateLimiter } from "@/lib/api/rate-limiter";
import { apiRequestReader } from "@/lib/api/requests/api-request";
import type { ClientAddress } from "@/lib/api/requests/client-address";
import type { ApiRequest, Route } from "@/lib/api/route";
import { ROUTES } from "@/lib/api/table";
import type { Catalog } from "@/lib/catalog/catalog";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { AppError } from "@/lib/platform/errors";
import type { Log } from "@/lib/platform/log";

export type ApiOptions = {
  catalog: Catalog;
  authenticate: Authenticate;
  recognize?: Recognize;
  /** Websites that can call operations restricted to named origins. */
  origins?: Origins;
  log: Log;
  /** Whether clients reach this instance by https. */
  https: boolean;
  clientAddress: ClientAddress;
  /** Disables rate limits; for load tests. */
  unlimited?: boolean;
  /** Default: every route of the table. */
  routes?: readonly Route[];
};

export type Api = {
  /**
   * Returns false, without touching anything, when the path is not the API's. Otherwise it responds, immediately or
   * when the promise resolves. Never throws or rejects.
   */
  handle(req: IncomingMessage, res: ServerResponse): boolean | Promise<true>;
};

export function createApi(options: ApiOptions): Api {
  const handler = new ApiHandler(options);
  return { handle: (req, res) => handler.handle(req, res) };
}

class ApiHandler {
  private readonly dispatch: Dispatch;
  private readonly writer: AnswerWriter;
  private readonly requests: ReturnType<typeof apiRequestReader>;

  constructor(private readonly options: ApiOptions) {
    const limits = options.unlimited
      ? {}
      : { rateLimiter: createRateLimiter(), computing: createComputing() };
    this.dispatch = createDispatch(options.routes ?? ROUTES, { ...options, ...limits });
    this.writer = new AnswerWriter(options);
    this.requests = apiRequestReader(options.clientAddress);
  }

  handle(req: IncomingMessage, res: ServerResponse): boolean | Promise<true> {
    if (!isApiPath(req.url ?? "")) return false;
    const snapshot = this.snapshot();
    if (snapshot !== undefined && this.answerFromMemory(req, res, snapshot)) return true;
    return this.answer(req, res, snapshot).catch((err: unknown) => {
      this.options.log.error({ err, path: req.url }, "a response could not be written");
      res.destroy();
      return true;
    });
  }

  /** Serves a response cached in this snapshot, without parsing or routing. */
  private answerFromMemory(req: IncomingMessage, res: ServerResponse, snapshot: Snapshot): boolean {
    const { method, url = "" } = req;
    const document = isRead(method) ? keptIn(snapshot, url).get(url) : undefined;
    if (document === undefined) return false;
    const requestId = this.requests.nextId();
    const context = { requestId, revision: snapshot.revision, open: true };
    const status = this.writer.write(req, res, { kind: "stored", document }, context);
    const { log } = this.options;
    if (log.isLevelEnabled("debug")) log.debug({ requestId, method, path: url, status }, "request");
    return true;
  }

  private async answer(
    req: IncomingMessage,
    res: ServerResponse,
    snapshot: Snapshot | undefined,
  ): Promise<true> {
    const startedAt = performance.now();
    const request = this.requests.read(req, res);
    const { answer, open, origin, keepAt, failure } = await this.dispatch(request);
    if (snapshot !== undefined && keepAt !== undefined && answer.kind === "stored")
      keptIn(snapshot, keepAt).set(keepAt, answer.document);
    const { requestId } = request;
    const context = {
      requestId,
      revision: snapshot?.revision,
      open,
      origin,
      streamFailed: answer.kind === "stream" ? this.streamFailed(request) : undefined,
    };
    const status = this.writer.write(req, res, answer, context);
    this.note(request, status, performance.now() - startedAt, open, failure);
    return true;
  }

  private streamFailed({ requestId, method, path }: ApiRequest): (failure: AppError) => void {
    return (err) => this.options.log.error({ requestId, method, path, err }, "a stream failed");
  }

  /** Public reads are frequent and uninteresting; everything else is logged. */
  private note(request: ApiRequest, status: number, durationMs: number, open: boolean, err: unknown): void {
    const { log } = this.options;
    if (err === undefined && open && !log.isLevelEnabled("debug")) return;
    const { requestId, method, path, ip } = request;
    const line = { requestId, method, path, status, durationMs: Math.round(durationMs), ip };
    if (err !== undefined) log.error({ ...line, err }, "request failed");
    else log[open ? "debug" : "info"](line, "request");
  }

  private snapshot(): Snapshot | undefined {
    try {
      return this.options.catalog.current();
    } catch {
      // Handlers that need a snapshot report its absence.
      return undefined;
    }
  }
}

/** Responses to queries have a separate cache, so that they never evict documents. */
function keptIn({ answers, queryAnswers }: Snapshot, address: string): Snapshot["answers"] {
  return address.includes("?") ? queryAnswers : answers;
}

function isRead(method: string | undefined): boolean {
  return method === "GET" || method === "HEAD";
}

const FOLDERS = ["/api/v1", "/v2/extensions"];
const FILES = new Set(["/feed.atom", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt"]);

/** Whether the path belongs to the API; all others are pages. `url` is the request target, with its query. */
function isApiPath(url: string): boolean {
  return FOLDERS.some((folder) => isWithin(url, folder)) || FILES.has(url.split("?", 1)[0] ?? "");
}

function isWithin(url: string, folder: string): boolean {
  if (!url.startsWith(folder)) return false;
  const next = url.charAt(folder.length);
  return next === "/" || next === "" || next === "?";
}
