/** CORS and cross-site protection: the websites that can call operations that accept anonymous callers. */

import type { ApiRequest, Route } from "@/lib/api/route";
import { AppError } from "@/lib/platform/errors";

export type Origins = {
  /** The request's origin, if it is configured and the route accepts named origins. */
  named(route: Route, request: ApiRequest): string | undefined;
  /**
   * Throws `cross_origin` for a request that another website makes a browser send to an operation that accepts
   * anonymous callers. Otherwise the site would spend its visitors' quotas, even though it cannot read the responses.
   */
  refuseOthers(route: Route, request: ApiRequest): void;
};

/** `allowed`: origins such as `https://docs.example`. `own`: the public URL of this instance. */
export function createOrigins(allowed: readonly string[], own?: () => string | undefined): Origins {
  const names = new Set(allowed);
  const named: Origins["named"] = (route, request) => {
    const origin = request.header("origin");
    if (origin === undefined || route.access !== "optional-actor" || route.namedOrigins !== true)
      return undefined;
    return names.has(origin) ? origin : undefined;
  };
  return {
    named,
    refuseOthers(route, request) {
      if (route.access !== "optional-actor" || named(route, request) !== undefined) return;
      if (!isOfAnotherSite(request, own?.())) return;
      throw new AppError("cross_origin", "Another website sent this request.", {
        suggestion: route.namedOrigins
          ? "Call it from a program or from Gantry's own pages, or ask its operator to add the site to GANTRY_ALLOWED_ORIGINS."
          : "Call it from a program or from Gantry's own pages.",
      });
    },
  };
}

/** Browsers report the origin of a POST; programs do not. */
function isOfAnotherSite(request: ApiRequest, own: string | undefined): boolean {
  const site = request.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const origin = request.header("origin");
  if (origin === undefined || origin === own) return false;
  return URL.parse(origin)?.host !== request.header("host");
}
