/**
 * What one operation of the HTTP API is: its address, who may call it, the schemas of what goes in and out, and its
 * handler. The table of routes, the router, the OpenAPI document and the contract test all read these objects.
 */

import type { z } from "zod";
import type { ApiAnswer } from "@/lib/api/answers/answer";
import type { KnownText } from "@/lib/catalog/snapshot/update-bodies";
import type { Context } from "@/lib/journal/context";
import type { Turn } from "@/lib/platform/fair-queue";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One request as handlers see it, free of any server's types. */
export type ApiRequest = {
  method: string;
  /** The path as sent, without the query. */
  path: string;
  /** Undefined where the address has none. */
  query: URLSearchParams | undefined;
  /** By lower-case name; several values are joined as HTTP joins them. */
  header(name: string): string | undefined;
  /** The body; rejects with `body_too_large` once it exceeds the limit. */
  body(limitBytes: number): Promise<Buffer>;
  /** Aborted when the client goes away before it has its answer. */
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
  /** Whoever asks, for work that has to wait its turn. */
  turn: () => Promise<Turn>;
};

/** A call by somebody: the context carries the actor. */
export type ActorCall<Query, Body> = Call<Query, Body> & { ctx: Context };

/**
 * Requests from one network: `burst` at once, then `perSecond`. `computes`: each answer costs the process noticeable time,
 * so that all networks together wait in one line for it (`lib/api/computing.ts`).
 */
export type RouteLimit = { perSecond: number; burst: number; computes?: true };

/** By the very bytes of a body. */
export type RememberedAnswers = {
  get(body: Buffer): KnownText | undefined;
  set(body: Buffer, answer: KnownText): void;
};

type RouteBase<Query, Body> = {
  method: Method;
  /** `/api/v1/extensions/{repository}/-/versions/{tag}`; `{repository}` may hold slashes. */
  path: string;
  operationId: string;
  /** One sentence for the reference. */
  summary: string;
  tag: string;
  /**
   * `stored`: no limit, because the path and the snapshot alone decide the answer, which is kept under its address. Every
   * other operation has a limit; `lib/api/rate-limits.ts` has the usual ones.
   */
  limit: "stored" | RouteLimit;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /**
   * For public operations whose answer hangs on nothing but the body and the snapshot: what was answered before. Asked
   * for once per request, before the handler runs; the handler answers from the same snapshot or a later one.
   */
  remembered?: () => RememberedAnswers;
  /** By status; error answers are the same everywhere and are added by the OpenAPI document. */
  answers: Readonly<Record<number, { description: string; schema?: z.ZodType; contentType?: string }>>;
};

/**
 * `public`: no account, CORS for everyone, from memory. `actor`: the caller is authenticated before anything else, and
 * other origins get nothing. `optional-actor`: anonymous calls are fine, but a page of another origin is refused, unless
 * `namedOrigins` is set and the configuration names its origin; even then it never calls with a session.
 */
export type Route<Query = unknown, Body = unknown> =
  | (RouteBase<Query, Body> & {
      access: "public";
      /** Waits for what the handler needs, before the request takes its turn to compute. */
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

/** Ties the handler's types to the schemas; the table holds routes of all kinds. */
export function defineRoute<Query = Record<string, never>, Body = undefined>(
  route: Route<Query, Body>,
): Route {
  return eraseTypes(route);
}

/** Sound because the router hands a handler only what the route's own schemas returned. */
function eraseTypes<Query, Body>(route: Route<Query, Body>): Route {
  return route as unknown as Route;
}
