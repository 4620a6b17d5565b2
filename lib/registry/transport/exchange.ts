import type { GuardedResponse } from "@/lib/egress/response";
import { withoutSecrets } from "@/lib/registry/auth/redaction";
import { accessRefused, answerError, loginRefused, tokenRefused } from "@/lib/registry/oci/errors";
import { credentialsFor } from "@/lib/registry/registry-credentials";
import { parseChallenge } from "@/lib/registry/transport/challenge";
import { type Access, refusalOf } from "@/lib/registry/transport/connection";
import { isRedirect, redirectTarget, refusedRedirect } from "@/lib/registry/transport/redirects";
import { type Visit, visitWithCredentials } from "@/lib/registry/transport/signed-visit";

export type RegistryRequest = Access & {
  url: URL;
  method?: "GET" | "HEAD";
  headers?: Record<string, string>;
  maxBytes: number;
  /** Accepts 304 as a response, because `headers` contain a conditional request. */
  mayBeUnchanged?: boolean;
  /** Maximum number of redirects; one more is rejected. */
  maxRedirects: number;
};

/**
 * Performs one read from a registry: authenticates when challenged, follows redirects without sending the
 * `Authorization` to other hosts, and converts every response except 200 and 206 to an `AppError`.
 */
export async function exchange(request: RegistryRequest): Promise<GuardedResponse> {
  const { connection, subject } = request;
  const credentials = credentialsFor(connection.credentials.all, subject.repository);
  try {
    return await follow({ ...request, credentials });
  } catch (error) {
    throw withoutSecrets(error, credentials);
  }
}

async function follow(request: RegistryRequest): Promise<GuardedResponse> {
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

async function visit(request: RegistryRequest, url: URL): Promise<GuardedResponse> {
  const { credentials, ...anonymous } = request;
  if (url.origin !== request.entry.origin) return plainVisit(anonymous, url);
  const visitOnce: Visit<RegistryRequest> = (each) => authorizedVisit(each, url);
  if (credentials !== undefined) return visitWithCredentials(anonymous, credentials, visitOnce);
  return (await visitOnce(anonymous)).response;
}

/** Sends a request to the registry itself with the known authorization, and once more with a new one after a 401. */
async function authorizedVisit(request: RegistryRequest, url: URL): ReturnType<Visit<RegistryRequest>> {
  const { authorizer } = request.connection;
  const authorization = await authorizer.current(request);
  const response = await plainVisit(request, url, authorization);
  if (response.status !== 401) return { response, authorized: authorization !== undefined };
  await response.discard();
  const renewedAuthorization = await authorizer.renew(request, response, authorization);
  const renewed = await plainVisit(request, url, renewedAuthorization);
  if (renewed.status !== 401) return { response: renewed, authorized: true };
  await renewed.discard();
  const challenge = parseChallenge(renewed.headers.all("www-authenticate"));
  const invalid = challenge?.scheme === "bearer" && challenge.error === "invalid_token";
  if (invalid) throw tokenRefused(request.entry);
  throw challenge?.scheme === "basic" && request.credentials !== undefined
    ? loginRefused(request.entry)
    : accessRefused(refusalOf(request));
}

function plainVisit(request: RegistryRequest, url: URL, authorization?: string): Promise<GuardedResponse> {
  const { connection, credentials, method = "GET", headers, maxBytes, signal } = request;
  const signed = authorization === undefined ? headers : { ...headers, authorization };
  return connection.send({
    url,
    method,
    maxBytes,
    signal,
    ...(signed === undefined ? {} : { headers: signed }),
    account: authorization === undefined ? undefined : credentials?.line,
  });
}
