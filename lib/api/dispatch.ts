/** One request to one answer, without any server's types: route, caller, input, handler, errors. */

import { type ApiAnswer, jsonText } from "@/lib/api/answer";
import { parseBody, readBody, readJsonBytes, readQuery } from "@/lib/api/input";
import { createMatcher } from "@/lib/api/match";
import { problemAnswer, publicError } from "@/lib/api/problem";
import type { ApiRequest, Route } from "@/lib/api/route";
import type { RouteBrakes } from "@/lib/api/route-brakes";
import { catalog } from "@/lib/catalog/catalog";
import { showOwnWrites } from "@/lib/catalog/own-writes";
import type { Actor } from "@/lib/journal/actor";
import { contextFor } from "@/lib/journal/context";
import { AppError } from "@/lib/platform/errors";

/** Who calls; rejects for credentials that are wrong. */
export type Authenticate = (request: ApiRequest) => Promise<Actor>;

export type Outcome = {
  answer: ApiAnswer;
  /** Public answers are for every origin; the others for our own pages and for programs. */
  open: boolean;
  /** An error that is ours and belongs into the log. */
  failure: AppError | undefined;
};

type PublicRoute = Extract<Route, { access: "public" }>;

export type Dispatch = (request: ApiRequest) => Promise<Outcome>;

/** A repository of 255 characters and a tag of 128, every one of them percent-encoded, fit twice. */
const PATH_CHARACTERS_MAX = 4_096;

/** `brakes` undefined: nobody is held back. */
export function createDispatch(
  routes: readonly Route[],
  authenticate: Authenticate,
  brakes?: RouteBrakes,
): Dispatch {
  const match = createMatcher(routes);
  return async (request) => {
    let open = request.method === "GET" || request.method === "HEAD";
    try {
      if (request.path.length > PATH_CHARACTERS_MAX) throw tooLong();
      const found = match(request.method, request.path);
      switch (found.kind) {
        case "found":
          open = isOpen(found.route);
          brakes?.press(found.route, request.ip);
          return {
            answer: await call(found.route, found.params, request, authenticate),
            open,
            failure: undefined,
          };
        case "redirect":
          return { answer: redirect(found.path, request), open, failure: undefined };
        case "method":
          return { ...otherMethod(found.routes, request), failure: undefined };
        case "none":
          throw new AppError("not_found", "The API has nothing at this address.", {
            suggestion: "GET /api/v1/openapi.json lists every operation.",
          });
      }
    } catch (thrown) {
      const error = publicError(thrown);
      const failure = error.status >= 500 && !error.retryable ? error : undefined;
      return { answer: problemAnswer(error, request.requestId), open, failure };
    }
  };
}

function call(
  route: Route,
  params: Readonly<Record<string, string>>,
  request: ApiRequest,
  authenticate: Authenticate,
): Promise<ApiAnswer> | ApiAnswer {
  if (route.access !== "public") return callAs(route, params, request, authenticate);
  const query = readQuery(route, request.query);
  if (route.remembered !== undefined) return callRemembering(route, params, request, query);
  if (route.body === undefined) return route.handle({ request, params, query, body: undefined });
  return callWithBody(route, params, request, query);
}

async function callWithBody(
  route: PublicRoute,
  params: Readonly<Record<string, string>>,
  request: ApiRequest,
  query: unknown,
): Promise<ApiAnswer> {
  return route.handle({ request, params, query, body: await readBody(route, request) });
}

/** Authentication comes before validation: a stranger learns nothing about what an operation takes. */
async function callAs(
  route: Exclude<Route, PublicRoute>,
  params: Readonly<Record<string, string>>,
  request: ApiRequest,
  authenticate: Authenticate,
): Promise<ApiAnswer> {
  const actor = await authenticate(request);
  if (route.access === "actor" && actor.kind === "anonymous") throw signInNeeded();
  const query = readQuery(route, request.query);
  const body = await readBody(route, request);
  const ctx = contextFor(actor, request.requestId);
  const answer = await route.handle({ request, params, query, body, ctx });
  const shown = catalog.peek();
  if (route.method !== "GET" && shown !== undefined) await showOwnWrites(shown, ctx.db);
  return answer;
}

/** To a body that came before, byte for byte, the answer is there without a look into it. */
async function callRemembering(
  route: PublicRoute,
  params: Readonly<Record<string, string>>,
  request: ApiRequest,
  query: unknown,
): Promise<ApiAnswer> {
  const bytes = await readJsonBytes(request);
  const answers = route.remembered?.();
  const before = answers?.get(bytes);
  if (before !== undefined) return jsonText(before);
  const body = route.body && parseBody(route.body, bytes);
  const answer = await route.handle({ request, params, query, body });
  if (answer.kind === "text") answers?.set(bytes, answer.text);
  return answer;
}

function tooLong(): AppError {
  return new AppError("uri_too_long", `The path is longer than ${PATH_CHARACTERS_MAX} characters.`, {
    suggestion: "No resource has so long an address.",
  });
}

function signInNeeded(): AppError {
  return new AppError("unauthenticated", "This operation needs an account.", {
    suggestion: "Send an API token as `Authorization: Bearer gtry_…`, or sign in.",
  });
}

function redirect(path: string, request: ApiRequest): ApiAnswer {
  const query = request.query?.toString() ?? "";
  const location = query === "" ? path : `${path}?${query}`;
  return { kind: "empty", status: 308, headers: { location, "cache-control": "no-store" } };
}

/** OPTIONS is answered from the table: other origins may only read what is public. */
function otherMethod(routes: readonly Route[], request: ApiRequest): Pick<Outcome, "answer" | "open"> {
  const open = routes.some(isOpen);
  const allow = [...methodsOf(routes), "OPTIONS"].join(", ");
  if (request.method === "OPTIONS") {
    const cors: Record<string, string> = open
      ? {
          "access-control-allow-methods": methodsOf(routes.filter(isOpen)).join(", "),
          "access-control-allow-headers": "accept, content-type, if-none-match",
          "access-control-max-age": "86400",
        }
      : {};
    return { answer: { kind: "empty", status: 204, headers: { allow, ...cors } }, open };
  }
  const error = new AppError("method_not_allowed", `${request.method} is not possible here.`, {
    suggestion: `Possible are ${allow}.`,
  });
  return { answer: problemAnswer(error, request.requestId, { allow }), open };
}

function isOpen(route: Route): boolean {
  return route.access === "public" || (route.access === "optional-actor" && route.everyOrigin === true);
}

function methodsOf(routes: readonly Route[]): string[] {
  return routes.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
}
