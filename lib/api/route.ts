/**
 * Describes one operation of the HTTP API: its path, its callers, the schemas of its input and output, and its handler.
 * The table of routes, the router, the OpenAPI document and the contract test all read these objects.
 */

import type { z } from "zod";
import type { ApiAnswer } from "@/lib/api/answers/answer";
import type { KnownText } from "@/lib/catalog/snapshot/update-bodies";
import type { Context } from "@/lib/journal/context";
import type { Turn } from "@/lib/platform/fair-queue";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One request as handlers see it, independent of the server. */
export type ApiRequest = {
  method: string;
  /** The path as sent, without the query. */
  path: string;
  /** Undefined without a query string. */
  query: URLSearchParams | undefined;
  /** By lower-case name; multiple values are joined as in HTTP. */
  header(name: string): string | undefined;
  /** The body; rejects with `body_too_large` once it exceeds the limit. */
  body(limitBytes: number): Promise<Buffer>;
  /** Aborts when the client disconnects before its response is complete. */
  signal(): AbortSignal;
  /** The client's address, after trusted proxies. */
  ip: string;
  requestId: string;
};

export type Call<Query, Body> = {
  request: ApiRequest;
  /** Decoded path parameters by name. */
  params: Readonly<Record<string, string>>;
  query: Query;
  body: Body;
  /** The requester's place in a queue. */
  turn: () => Promise<Turn>;
};

/** A call by an actor, which the context carries. */
export type ActorCall<Query, Body> = Call<Query, Body> & { ctx: Context };

/**
 * Requests from one network: `burst` at once, then `perSecond`. `computes`: each response takes noticeable CPU time, so
 * that requests of all networks share one queue (`lib/api/computing.ts`).
 */
export type RouteLimit = { perSecond: number; burst: number; computes?: true };

/** Cached responses by the exact bytes of a request body. */
export type RememberedAnswers = {
  get(body: Buffer): KnownText | undefined;
  set(body: Buffer, answer: KnownText): void;
};

type RouteBase<Query, Body> = {
  method: Method;
  /** `/api/v1/extensions/{repository}/-/versions/{tag}`; `{repository}` can contain slashes. */
  path: string;
  operationId: string;
  /** One sentence for the API reference. */
  summary: string;
  tag: string;
  /**
   * `stored`: no rate limit, because the response depends only on the path and the snapshot and is cached under its
   * URL. Every other operation has a limit; `lib/api/rate-limits.ts` has the common ones.
   */
  limit: "stored" | RouteLimit;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** For bodies that are longer than `BODY_BYTES_MAX`. */
  bodyBytesMax?: number;
  /**
   * For public operations whose response depends only on the body and the snapshot: the cached responses. Called once
   * per request, before the handler runs. The handler uses the same snapshot or a later one.
   */
  remembered?: () => RememberedAnswers;
  /** By status. Error responses are the same everywhere; the OpenAPI document adds them. */
  answers: Readonly<Record<number, { description: string; schema?: z.ZodType; contentType?: string }>>;
};

/**
 * `public`: no account, CORS for every origin, served from memory. `actor`: the caller is authenticated before anything
 * else, and other origins get nothing. `optional-actor`: accepts anonymous calls, but rejects pages of other origins,
 * unless `namedOrigins` is set and the configuration lists the origin. Even then such a page cannot use a session.
 */
export type Route<Query = unknown, Body = unknown> =
  | (RouteBase<Query, Body> & {
      access: "public";
      /** Waits for what the handler needs, before the request is queued. */
      ready?(query: Query): Promise<void>;
      handle(call: Call<Query, Body>): ApiAnswer | Promise<ApiAnswer>;
    })
  | (RouteBase<Query, Body> & {
      access: "optional-actor";
      namedOrigins?: true;
      handle(call: ActorCall<Query, Body>): Promise<ApiAnswer>;
    })
  | (RouteBase<Query, Body> & {
      access: "actor";
      handle(call: ActorCall<Query, Body>): Promise<ApiAnswer>;
    });

/** Ties the handler's types to the schemas. The table holds routes of every kind. */
export function defineRoute<Query = Record<string, never>, Body = undefined>(
  route: Route<Query, Body>,
): Route {
  return eraseTypes(route);
}

/** Sound because the router passes a handler only values parsed by the route's own schemas. */
function eraseTypes<Query, Body>(route: Route<Query, Body>): Route {
  return route as unknown as Route;
}
