/** Turns one request into one response, independent of the server: route, caller, input, handler, errors. */

import type { ApiAnswer } from "@/lib/api/answers/answer";
import { problemAnswer, publicError } from "@/lib/api/answers/problem";
import { cacheKeyOf } from "@/lib/api/cache-key";
import { Caller, type CallerOptions } from "@/lib/api/caller";
import { createMatcher } from "@/lib/api/match";
import { createOrigins, type Origins } from "@/lib/api/origins";
import type { ApiRequest, Route } from "@/lib/api/route";
import { AppError } from "@/lib/platform/errors";

export type DispatchOptions = CallerOptions & {
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
          return { answer, open, origin, keepAt: cacheKeyOf(answer, route, request), failure: undefined };
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

function tooLong(): AppError {
  return new AppError("uri_too_long", `The path is longer than ${PATH_CHARACTERS_MAX} characters.`, {
    suggestion: "Use a shorter path.",
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

function methodsOf(routes: readonly Route[]): string[] {
  return routes.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
}
