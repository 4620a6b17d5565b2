import type { IdentityServices } from "@/lib/identity/identity";
import { type OriginHeaders, requireSameOrigin } from "@/lib/identity/requests/same-origin";
import { readSession } from "@/lib/identity/sessions/read-session";
import { readSessionCookie } from "@/lib/identity/sessions/session-cookie";
import { authenticateToken, tokenInvalid } from "@/lib/identity/tokens/authenticate-token";
import { type Actor, ANONYMOUS } from "@/lib/journal/actor";
import { AppError } from "@/lib/platform/errors";

/** The parts of a request that identify its sender. Header values as received; undefined when absent. */
export type RequestCredentials = OriginHeaders & {
  method: string;
  authorization: string | undefined;
  cookie: string | undefined;
  contentType: string | undefined;
};

const BEARER = /^bearer +(\S+) *$/i;
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Authenticates an API request. An invalid `Authorization` header is an error, never "anonymous", and so is a second
 * set of credentials, because Gantry does not guess which one is meant. A session allows changes only for requests of
 * our own pages. An ended session is anonymous.
 */
export async function authenticateRequest(
  services: Pick<IdentityServices, "db" | "clock" | "identity">,
  request: RequestCredentials,
): Promise<Actor> {
  const cookie = readSessionCookie(request.cookie, services.identity.url);
  if (request.authorization !== undefined) {
    if (cookie !== undefined) throw ambiguous("an Authorization header and a session cookie");
    if (request.authorization.includes(",")) throw ambiguous("more than one Authorization header");
    return authenticateToken(services, bearerToken(request.authorization));
  }
  if (cookie === undefined) return ANONYMOUS;
  if (!SAFE_METHODS.has(request.method)) {
    requireSameOrigin(request, services.identity.url);
    requireJson(request.contentType);
  }
  const session = await readSession(services, cookie);
  return session?.actor ?? ANONYMOUS;
}

function ambiguous(what: string): AppError {
  return new AppError("credentials_ambiguous", `The request carries ${what}.`, {
    suggestion: "Send exactly one: an API token or a session cookie.",
  });
}

function bearerToken(authorization: string): string {
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined)
    throw tokenInvalid("is missing: the Authorization header is not of the form Bearer");
  return token;
}

/** Forms of other sites always send a content type, and never this one. */
function requireJson(contentType: string | undefined): void {
  if (contentType === undefined || /^application\/json\s*(;|$)/i.test(contentType)) return;
  throw new AppError("unsupported_content_type", "The API accepts only JSON from a session.", {
    suggestion: "Send the body as application/json.",
  });
}
