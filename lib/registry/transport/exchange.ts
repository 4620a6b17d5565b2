import type { GuardedRequest } from "@/lib/egress/guarded-fetch";
import type { GuardedResponse } from "@/lib/egress/response";
import { accessRefused, answerError, tokenRefused } from "@/lib/registry/oci/errors";
import { parseChallenge } from "@/lib/registry/transport/challenge";
import { type Access, refusalOf } from "@/lib/registry/transport/connection";
import { isRedirect, redirectTarget, refusedRedirect } from "@/lib/registry/transport/redirects";

export type RegistryRequest = Access & {
  url: URL;
  method?: "GET" | "HEAD";
  headers?: Record<string, string>;
  maxBytes: number;
  /** 304 is an answer too, since `headers` ask for another version than the one that is known. */
  mayBeUnchanged?: boolean;
  /** How many redirects are followed; one more is refused. */
  maxRedirects: number;
};

/**
 * One read from a registry: signs in when asked, follows redirects without showing anyone else the `Authorization`,
 * and turns every answer but 200 and 206 into an `AppError`.
 */
export async function exchange(request: RegistryRequest): Promise<GuardedResponse> {
  const { entry, connection, maxRedirects } = request;
  let response = await visit(request, request.url);
  for (let followed = 0; isRedirect(response.status); followed += 1) {
    await response.discard();
    if (followed >= maxRedirects)
      throw refusedRedirect(entry, `there are more than ${maxRedirects} redirects in a row`);
    response = await visit(request, redirectTarget(response, entry, connection.registries));
  }
  if (response.status === 200 || response.status === 206) return response;
  if (response.status === 304 && request.mayBeUnchanged) return response;
  throw await answerError(response, refusalOf(request));
}

function visit(request: RegistryRequest, url: URL): Promise<GuardedResponse> {
  return url.origin === request.entry.origin ? signedVisit(request, url) : plainVisit(request, url);
}

/** At the registry itself: with what it is known to ask for, and once more with what its 401 asks for. */
async function signedVisit(request: RegistryRequest, url: URL): Promise<GuardedResponse> {
  const { authorizer } = request.connection;
  const authorization = await authorizer.current(request);
  const response = await plainVisit(request, url, authorization);
  if (response.status !== 401) return response;
  await response.discard();
  const renewed = await plainVisit(request, url, await authorizer.renew(request, response, authorization));
  if (renewed.status !== 401) return renewed;
  await renewed.discard();
  const challenge = parseChallenge(renewed.headers.all("www-authenticate"));
  const invalid = challenge?.scheme === "bearer" && challenge.error === "invalid_token";
  throw invalid ? tokenRefused(request.entry) : accessRefused(refusalOf(request));
}

function plainVisit(request: RegistryRequest, url: URL, authorization?: string): Promise<GuardedResponse> {
  const { connection, method = "GET", headers, maxBytes, signal } = request;
  const signed = authorization === undefined ? headers : { ...headers, authorization };
  const sent: GuardedRequest = {
    url,
    method,
    maxBytes,
    signal,
    ...(signed === undefined ? {} : { headers: signed }),
  };
  return connection.send(sent);
}
