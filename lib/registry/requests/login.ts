/** Tries credentials alone: no fallback to anonymous requests, nothing cached. */

import type { GuardedResponse } from "@/lib/egress/response";
import { type Repository, repositoryOfName, repositoryPath } from "@/lib/extension/reference/repository";
import type { CallOptions } from "@/lib/registry/client-types";
import { accessRefused, answerError, loginRefused, protocolError } from "@/lib/registry/oci/errors";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { withoutSecrets } from "@/lib/registry/oci/without-secrets";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";
import { parseChallenge } from "@/lib/registry/transport/challenge";
import { type Access, type Connection, entryOf, refusalOf } from "@/lib/registry/transport/connection";

/** `not_asked`: the registry answered without asking for credentials, so they remain untested. */
export type LoginOutcome = "accepted" | "not_asked";

/** Stands for the registry itself where an error needs a repository. */
const ANY_PATH = "library/any";

/**
 * Requests the tag list of `repository`, or `/v2/` without one (distribution-spec, "Determining Support"), and answers
 * the challenge with the credentials. Throws `registry_auth_failed` if they are refused.
 */
export async function tryLogin(
  connection: Connection,
  credentials: RegistryCredentials,
  { repository, signal }: CallOptions & { repository?: Repository | undefined },
): Promise<LoginOutcome> {
  if (credentials.unusable !== undefined) throw credentials.unusable;
  const subject = repository
    ? { repository, kind: "tags" as const }
    : { repository: repositoryOfName(`${credentials.host}/${ANY_PATH}`), kind: "login" as const };
  const entry = entryOf(connection, subject.repository);
  const path = repository ? `/v2/${repositoryPath(repository)}/tags/list?n=1` : "/v2/";
  const access: Access = { connection, entry, subject, credentials, signal };
  try {
    return await answerChallenge(access, new URL(path, entry.origin));
  } catch (error) {
    throw withoutSecrets(error, credentials);
  }
}

async function answerChallenge(access: Access, url: URL): Promise<LoginOutcome> {
  const first = await send(access, url);
  if (first.status === 200) return "not_asked";
  if (first.status !== 401) throw await failed(access, first);
  const authorization = await access.connection.authorizer.renew(access, first, undefined);
  const second = await send(access, url, authorization);
  if (second.status === 200) return "accepted";
  if (second.status !== 401 && second.status !== 403) throw await failed(access, second);
  const isBasic = parseChallenge(second.headers.all("www-authenticate"))?.scheme === "basic";
  throw isBasic && second.status === 401
    ? loginRefused(access.entry, { status: second.status })
    : accessRefused(refusalOf(access), second.status);
}

async function send(access: Access, url: URL, authorization?: string): Promise<GuardedResponse> {
  const { connection, credentials, signal } = access;
  const headers = { accept: "application/json", ...(authorization === undefined ? {} : { authorization }) };
  const account = authorization === undefined ? undefined : credentials?.line;
  const maxBytes = REGISTRY_LIMITS.tagsPageBytes;
  const response = await connection.send({ url, headers, maxBytes, signal, account });
  if (response.status === 200 || response.status === 401) await response.discard();
  return response;
}

async function failed(access: Access, response: GuardedResponse): Promise<unknown> {
  const { status } = response;
  const isAnswer = status === 403 || status === 404 || status === 410 || status === 429 || status >= 500;
  if (isAnswer && !(access.subject.kind === "login" && status === 404))
    return answerError(response, refusalOf(access));
  await response.discard();
  return protocolError(access.entry, `it answered ${status} to a login`, { retryable: false });
}
