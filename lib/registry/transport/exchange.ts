import type { GuardedResponse } from "@/lib/egress/response";
import { AppError, hasCode } from "@/lib/platform/errors";
import { accessRefused, answerError, loginRefused, tokenRefused } from "@/lib/registry/oci/errors";
import { withoutSecrets } from "@/lib/registry/oci/without-secrets";
import { itemsThatAllow } from "@/lib/registry/registry-advice";
import { credentialsFor } from "@/lib/registry/registry-credentials";
import { speaksRegistryApi } from "@/lib/registry/transport/api-check";
import { parseChallenge } from "@/lib/registry/transport/challenge";
import { type Access, refusalOf } from "@/lib/registry/transport/connection";
import { targetAccess } from "@/lib/registry/transport/redirect-target";
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
 * `Authorization` to other hosts, and converts every response except 200 and 206 to an `AppError`. Answers at most one
 * challenge per hop.
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
  throw await answerError(response, {
    ...refusalOf(request),
    ...(request.method !== "HEAD" && { isRegistry: () => speaksRegistryApi(request) }),
  });
}

async function visit(request: RegistryRequest, url: URL): Promise<GuardedResponse> {
  const { credentials, ...anonymous } = request;
  if (url.origin !== request.entry.origin) return targetVisit(anonymous, url);
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
  const renewed = await authorizer.renew(request, response, authorization);
  return { response: await renewedVisit(request, url, renewed), authorized: true };
}

/**
 * Sends a request to the target of a redirect, and once more with an anonymous token if the target requires one. A
 * target that supports only other schemes gets no answer to its challenge.
 */
async function targetVisit(request: RegistryRequest, url: URL): Promise<GuardedResponse> {
  const target = { ...request, ...targetAccess(request, url) };
  const { authorizer } = target.connection;
  const authorization = await authorizer.current(target);
  const response = await plainVisit(request, url, authorization);
  const challenge = parseChallenge(response.headers.all("www-authenticate"));
  if (response.status !== 401 || challenge?.scheme !== "bearer") return response;
  await response.discard();
  return renewedVisit(target, url, await authorizer.renew(target, response, authorization));
}

async function renewedVisit(request: RegistryRequest, url: URL, renewed: string): Promise<GuardedResponse> {
  const response = await plainVisit(request, url, renewed);
  if (response.status !== 401) return response;
  await response.discard();
  const challenge = parseChallenge(response.headers.all("www-authenticate"));
  const invalid = challenge?.scheme === "bearer" && challenge.error === "invalid_token";
  if (invalid) throw tokenRefused(request.entry);
  throw challenge?.scheme === "basic" && request.credentials !== undefined
    ? loginRefused(request.entry)
    : accessRefused(refusalOf(request));
}

async function plainVisit(
  request: RegistryRequest,
  url: URL,
  authorization?: string,
): Promise<GuardedResponse> {
  const { connection, credentials, method = "GET", headers, maxBytes, signal } = request;
  const signed = authorization === undefined ? headers : { ...headers, authorization };
  const sent = {
    url,
    method,
    maxBytes,
    signal,
    ...(signed === undefined ? {} : { headers: signed }),
    account: authorization === undefined ? undefined : credentials?.line,
  };
  try {
    return await connection.send(sent);
  } catch (error) {
    throw hasCode(error, "address_forbidden") ? withAdvice(error, url, request) : error;
  }
}

/** The guard's refusal, with the items that would allow the URL. */
function withAdvice(error: AppError, url: URL, { entry, connection }: RegistryRequest): AppError {
  const items = itemsThatAllow(url, entry, connection.registries);
  if (items === undefined) return error;
  const { code, message, details } = error;
  const suggestion = `If you run this host, an administrator can allow it: add ${items} to GANTRY_REGISTRIES.`;
  return new AppError(code, message, { suggestion, ...(details ? { details } : {}), cause: error });
}
