/** Turns one request into one response, independent of the server: route, caller, input, handler, errors. */

import { type ApiAnswer, jsonText } from "@/lib/api/answers/answer";
import { problemAnswer, publicError } from "@/lib/api/answers/problem";
import type { Computing } from "@/lib/api/computing";
import { createMatcher } from "@/lib/api/match";
import { createOrigins, type Origins } from "@/lib/api/origins";
import type { RateLimiter } from "@/lib/api/rate-limiter";
import { parseBody, readBody, readJsonBytes, readQuery } from "@/lib/api/requests/input";
import type { ApiRequest, Route } from "@/lib/api/route";
import { catalog } from "@/lib/catalog/catalog";
import { showOwnWrites } from "@/lib/catalog/read-your-writes";
import type { Actor } from "@/lib/journal/actor";
import { contextFor } from "@/lib/journal/context";
import { AppError } from "@/lib/platform/errors";
import type { Turn } from "@/lib/platform/fair-queue";
import { networkOf } from "@/lib/platform/rate-limits/network-of";

/** The account that the request's headers reveal. It affects queue priority, never permissions. */
export type Recognize = (request: ApiRequest) => Promise<string | undefined>;

/** Returns the caller; rejects for invalid credentials. */
export type Authenticate = (request: ApiRequest) => Promise<Actor>;

export type DispatchOptions = {
  authenticate: Authenticate;
  /** Undefined: no rate limits. */
  rateLimiter?: RateLimiter | undefined;
  /** Undefined: every response is computed immediately. */
  computing?: Computing | undefined;
  /** The account that the request alone reveals. Default: every caller is anonymous. */
  recognize?: Recognize | undefined;
  origins?: Origins | undefined;
};

export type Outcome = {
  answer: ApiAnswer;
  /** Public responses are readable from every origin; others only by our own pages, by programs, and from `origin`. */
  open: boolean;
  /** The only other origin that can read the response. */
  origin?: string | undefined;
  /** The cache key while the snapshot stays the same; undefined when the response cannot be cached. */
  keepAt?: string | undefined;
  /** An internal error, for the log. */
  failure: AppError | undefined;
};

type PublicRoute = Extract<Route, { access: "public" }>;
type Params = Readonly<Record<string, string>>;

export type Dispatch = (request: ApiRequest) => Promise<Outcome>;

/** A repository of 255 characters and a tag of 128, all percent-encoded, fit twice. */
const PATH_CHARACTERS_MAX = 4_096;

export function createDispatch(routes: readonly Route[], options: DispatchOptions): Dispatch {
  const match = createMatcher(routes);
  const caller = new Caller(options);
  const { origins = createOrigins([]), rateLimiter } = options;
  return async (request) => {
    let open = request.method === "GET" || request.method === "HEAD";
    let origin: string | undefined;
    try {
      if (request.path.length > PATH_CHARACTERS_MAX) throw tooLong();
      const found = match(request.method, request.path);
      switch (found.kind) {
        case "found": {
          const { route, params } = found;
          open = route.access === "public";
          origin = origins.named(route, request);
          origins.refuseOthers(route, request);
          rateLimiter?.consume(route, request.ip);
          const answer = await caller.call(route, params, request);
          return { answer, open, origin, keepAt: placeOf(answer, route, request), failure: undefined };
        }
        case "redirect":
          return { answer: redirect(found.path, request), open, failure: undefined };
        case "method":
          return { ...otherMethod(found.routes, request, origins), failure: undefined };
        case "none":
          throw new AppError("not_found", "The API has no operation at this URL.", {
            suggestion: "GET /api/v1/openapi.json lists every operation.",
          });
      }
    } catch (thrown) {
      const error = publicError(thrown);
      const failure = error.status >= 500 && !error.retryable ? error : undefined;
      return { answer: problemAnswer(error, request.requestId), open, origin, failure };
    }
  };
}

class Caller {
  constructor(private readonly options: DispatchOptions) {}

  call(route: Route, params: Params, request: ApiRequest): Promise<ApiAnswer> | ApiAnswer {
    if (route.access !== "public") return this.callAs(route, params, request);
    const query = readQuery(route, request.query);
    if (route.remembered !== undefined) return this.callRemembering(route, params, request, query);
    if (route.body === undefined) return this.handle(route, params, request, query, undefined);
    return this.callWithBody(route, params, request, query);
  }

  private async callWithBody(
    route: PublicRoute,
    params: Params,
    request: ApiRequest,
    query: unknown,
  ): Promise<ApiAnswer> {
    return this.handle(route, params, request, query, await readBody(route, request));
  }

  /** A body seen before, byte for byte, gets the cached response without being parsed. */
  private async callRemembering(
    route: PublicRoute,
    params: Params,
    request: ApiRequest,
    query: unknown,
  ): Promise<ApiAnswer> {
    const bytes = await readJsonBytes(request);
    const answers = route.remembered?.();
    const before = answers?.get(bytes);
    if (before !== undefined) return jsonText(before);
    const body = route.body && parseBody(route.body, bytes);
    const answer = await this.handle(route, params, request, query, body);
    if (answer.kind === "text") answers?.set(bytes, answer.text);
    return answer;
  }

  /** The body is read before queueing, so a slow client never holds a slot. */
  private handle(
    route: PublicRoute,
    params: Params,
    request: ApiRequest,
    query: unknown,
    body: unknown,
  ): Promise<ApiAnswer> | ApiAnswer {
    const turn = () => this.turn(request);
    const { computing } = this.options;
    const work = () => route.handle({ request, params, query, body, turn });
    if (computing === undefined || route.limit === "stored" || !route.limit.computes)
      return route.ready === undefined ? work() : route.ready(query).then(work);
    return this.inTurn(computing, turn(), route.ready?.(query), work);
  }

  private async inTurn(
    computing: Computing,
    turn: Promise<Turn>,
    ready: Promise<void> | undefined,
    work: () => Promise<ApiAnswer> | ApiAnswer,
  ): Promise<ApiAnswer> {
    const [own] = await Promise.all([turn, ready]);
    return computing(own, work);
  }

  /** Authenticates before validating, so that strangers learn nothing about an operation's input. */
  private async callAs(
    route: Exclude<Route, PublicRoute>,
    params: Params,
    request: ApiRequest,
  ): Promise<ApiAnswer> {
    const actor = await this.options.authenticate(request);
    if (route.access === "actor" && actor.kind === "anonymous") throw signInNeeded();
    await this.options.rateLimiter?.consumeWrite(route, actor);
    const query = readQuery(route, request.query);
    const body = await readBody(route, request);
    const ctx = contextFor(actor, request.requestId);
    const turn = () => this.turn(request);
    const answer = await route.handle({ request, params, query, body, ctx, turn });
    const shown = catalog.peek();
    if (route.method !== "GET" && shown !== undefined) await showOwnWrites(shown, ctx.db);
    return answer;
  }

  private async turn(request: ApiRequest): Promise<Turn> {
    const account = await this.options.recognize?.(request);
    return {
      key: account ?? networkOf(request.ip),
      standing: account === undefined ? "anonymous" : "account",
      signal: request.signal(),
    };
  }
}

function tooLong(): AppError {
  return new AppError("uri_too_long", `The path is longer than ${PATH_CHARACTERS_MAX} characters.`, {
    suggestion: "Use a shorter path.",
  });
}

function signInNeeded(): AppError {
  return new AppError("unauthenticated", "This operation requires an account.", {
    suggestion: "Send an API token as `Authorization: Bearer gtry_…`, or sign in.",
  });
}

function redirect(path: string, request: ApiRequest): ApiAnswer {
  const query = request.query?.toString() ?? "";
  const location = query === "" ? path : `${path}?${query}`;
  return { kind: "empty", status: 308, headers: { location, "cache-control": "no-store" } };
}

/** Responds to OPTIONS from the table. Other origins can read public responses only; named origins also theirs. */
function otherMethod(
  routes: readonly Route[],
  request: ApiRequest,
  origins: Origins,
): Pick<Outcome, "answer" | "open" | "origin"> {
  const shared = routes.filter(({ access }) => access === "public");
  const named = routes.filter((route) => origins.named(route, request) !== undefined);
  const open = shared.length > 0;
  const origin = named.length > 0 ? request.header("origin") : undefined;
  const allow = [...methodsOf(routes), "OPTIONS"].join(", ");
  if (request.method === "OPTIONS") {
    const cors: Record<string, string> =
      open || origin !== undefined
        ? {
            "access-control-allow-methods": methodsOf([...shared, ...named]).join(", "),
            "access-control-allow-headers": "accept, content-type, if-none-match",
            "access-control-max-age": "86400",
          }
        : {};
    return { answer: { kind: "empty", status: 204, headers: { allow, ...cors } }, open, origin };
  }
  const error = new AppError("method_not_allowed", `${request.method} is not allowed here.`, {
    suggestion: `Allowed methods: ${allow}.`,
  });
  return { answer: problemAnswer(error, request.requestId, { allow }), open, origin };
}

/** The cache key: only a canonical URL has one, because variants of the same request would fill the cache. */
function placeOf(answer: ApiAnswer, route: Route, request: ApiRequest): string | undefined {
  if (answer.kind !== "stored" || route.access !== "public" || request.path.includes("%")) return undefined;
  if (request.query === undefined) return request.path;
  if (answer.bounded !== true || !isCanonical(request.query, readQuery(route, request.query)))
    return undefined;
  return `${request.path}?${request.query}`;
}

/** Whether the query is sorted and each value has its canonical spelling. */
function isCanonical(query: URLSearchParams, read: unknown): boolean {
  const sorted = new URLSearchParams(query);
  sorted.sort();
  const values = new Map(typeof read === "object" && read !== null ? Object.entries(read) : []);
  return (
    `${sorted}` === `${query}` && [...query].every(([name, value]) => String(values.get(name)) === value)
  );
}

function methodsOf(routes: readonly Route[]): string[] {
  return routes.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
}
