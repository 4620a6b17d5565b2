/** Requests with stored credentials, and without them where the registry refuses them. */

import type { GuardedResponse } from "@/lib/egress/response";
import { type AppError, hasCode } from "@/lib/platform/errors";
import { answerError } from "@/lib/registry/oci/errors";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";
import { type Access, refusalOf } from "@/lib/registry/transport/connection";

/** One request to the registry itself. `authorized`: it carried an `Authorization`. */
export type Visit<Request extends Access> = (
  request: Request,
) => Promise<{ response: GuardedResponse; authorized: boolean }>;

/**
 * Sends the request with `credentials`, and reports whether the registry accepts them. If it does not, sends it without,
 * because the repository may be public. Throws the refusal if that fails, too, whatever the registry then answers: to
 * strangers, private repositories often look missing.
 */
export async function visitWithCredentials<Request extends Access>(
  request: Request,
  credentials: RegistryCredentials,
  visit: Visit<Request>,
): Promise<GuardedResponse> {
  const { connection, subject } = request;
  const { repository } = subject;
  const known = credentials.unusable ?? connection.refusedCredentials.get(credentials, repository);
  if (known !== undefined) return visitWithout(request, known, visit);
  const signed = await trySigned({ ...request, credentials }, visit);
  if ("refusal" in signed) {
    connection.refusedCredentials.add(credentials, repository, signed.refusal);
    connection.credentials.report({ kind: "refused", credentials, repository, error: signed.refusal });
    return visitWithout(request, signed.refusal, visit);
  }
  if (signed.authorized && signed.response.status < 400)
    connection.credentials.report({ kind: "accepted", credentials, repository });
  return signed.response;
}

type Signed = { response: GuardedResponse; authorized: boolean } | { refusal: AppError };

async function trySigned<Request extends Access>(request: Request, visit: Visit<Request>): Promise<Signed> {
  try {
    const visited = await visit(request);
    const { status } = visited.response;
    if (status !== 401 && status !== 403) return visited;
    // A web page in the place of the API is no refusal, and is thrown.
    throw await answerError(visited.response, refusalOf(request));
  } catch (error) {
    if (isRefusal(error)) return { refusal: error };
    throw error;
  }
}

/** A token that its own registry calls invalid says nothing about the credentials: that error is retryable. */
function isRefusal(error: unknown): error is AppError {
  return hasCode(error, "registry_auth_failed") && !error.retryable;
}

async function visitWithout<Request extends Access>(
  request: Request,
  refusal: AppError,
  visit: Visit<Request>,
): Promise<GuardedResponse> {
  try {
    const { response } = await visit(request);
    const { status } = response;
    if (status !== 401 && status !== 403 && status !== 404 && status !== 410) return response;
    await response.discard();
  } catch (error) {
    if (!hasCode(error, "registry_auth_required") && !hasCode(error, "repository_not_found")) throw error;
  }
  throw refusal;
}
