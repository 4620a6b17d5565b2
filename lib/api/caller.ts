/** Calls the handler of a route: the caller and the input first, then the queue for work that costs much. */

import { type ApiAnswer, jsonText } from "@/lib/api/answers/answer";
import type { Computing } from "@/lib/api/computing";
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

export type CallerOptions = {
  authenticate: Authenticate;
  /** Undefined: no rate limits. */
  rateLimiter?: RateLimiter | undefined;
  /** Undefined: every response is computed immediately. */
  computing?: Computing | undefined;
  /** The account that the request alone reveals. Default: every caller is anonymous. */
  recognize?: Recognize | undefined;
};

type PublicRoute = Extract<Route, { access: "public" }>;
type Params = Readonly<Record<string, string>>;

export class Caller {
  constructor(private readonly options: CallerOptions) {}

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

function signInNeeded(): AppError {
  return new AppError("unauthenticated", "This operation requires an account.", {
    suggestion: "Send an API token as `Authorization: Bearer gtry_…`, or sign in.",
  });
}
