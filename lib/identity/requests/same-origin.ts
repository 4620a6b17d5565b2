/** CSRF protection: whether our own pages made a request that a browser sends with its cookies. */

import { AppError } from "@/lib/platform/errors";

export type OriginHeaders = {
  origin: string | undefined;
  host: string | undefined;
  secFetchSite: string | undefined;
};

/**
 * Throws `cross_origin` unless every statement the browser makes about the sender says "same origin", and it makes
 * at least one. `url` is the public address of this instance; the requested host counts too, because cookies are
 * bound to it (`localhost` beside `127.0.0.1`), but never under another scheme.
 */
export function requireSameOrigin(headers: OriginHeaders, url: string): void {
  const { origin, secFetchSite } = headers;
  const originFits = origin === undefined || isOwnOrigin(origin, headers.host, url);
  const siteFits = secFetchSite === undefined || secFetchSite === "same-origin";
  const saysSomething = origin !== undefined || secFetchSite !== undefined;
  if (originFits && siteFits && saysSomething) return;
  throw new AppError("cross_origin", "This request does not come from one of Gantry's own pages.", {
    suggestion: "Use Gantry's own pages, or send an API token instead of a session.",
  });
}

function isOwnOrigin(origin: string, host: string | undefined, url: string): boolean {
  if (origin === url) return true;
  const sent = URL.parse(origin);
  return (
    sent !== null && sent.host !== "" && sent.host === host && sent.protocol === URL.parse(url)?.protocol
  );
}
