import { readBody } from "@/lib/egress/body";
import { repositoryPath } from "@/lib/extension/reference/repository";
import { AppError, hasCode } from "@/lib/platform/errors";
import { basicAuthorization } from "@/lib/registry/auth/basic";
import { checkRealm, checkTokenAddress, forbidden } from "@/lib/registry/auth/realm";
import { answerError, protocolError } from "@/lib/registry/oci/errors";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { requireNoWebPage } from "@/lib/registry/oci/not-a-registry";
import type { Subject } from "@/lib/registry/oci/subject";
import type { RegistryEntry } from "@/lib/registry/registries";
import { itemsThatAllow } from "@/lib/registry/registry-advice";
import type { BearerChallenge } from "@/lib/registry/transport/challenge";
import { type Access, refusalOf } from "@/lib/registry/transport/connection";

export type IssuedToken = { token: string; expiresAtMs: number };

/** Tokens are discarded this long before they expire, so that none expires in transit. */
const MARGIN_SECONDS = 10;

/**
 * Requests a token to read this repository (Distribution token specification, "Requesting a token"). Gantry sets the
 * scope, so a registry cannot make it request more than reading; a mere login has none. Redirects are rejected.
 * Credentials go only to trusted realms; any other one counts as their refusal.
 */
export async function fetchToken(access: Access, challenge: BearerChallenge): Promise<IssuedToken> {
  const { connection, entry } = access;
  const subject: Subject =
    access.subject.kind === "login" ? access.subject : { ...access.subject, kind: "token" };
  const { credentials } = access;
  const realm = checkRealm(challenge.realm, entry, connection.registries, credentials?.tokenServer);
  if (credentials !== undefined && !realm.trusted) throw untrustedRealm(access, realm.url);
  const url = new URL(realm.url);
  if (challenge.service !== undefined) url.searchParams.set("service", challenge.service);
  url.searchParams.delete("scope");
  checkTokenAddress(url, entry);
  if (subject.kind !== "login") {
    const actions = actionsFor(challenge);
    url.searchParams.set("scope", `repository:${repositoryPath(subject.repository)}:${actions}`);
  }
  const authorization = basicAuthorization(credentials);
  const headers = { accept: "application/json", ...(authorization === undefined ? {} : { authorization }) };
  try {
    // Not aborted with any single caller, because others may be waiting for the same token.
    const maxBytes = REGISTRY_LIMITS.tokenBytes;
    const scope = repositoryPath(subject.repository);
    const response = await connection.send({ url, headers, maxBytes, scope, account: credentials?.line });
    if (response.status >= 300 && response.status < 400) {
      await response.discard();
      throw new AppError(
        "redirect_forbidden",
        `The token URL of ${entry.host} redirects, and Gantry does not follow such redirects.`,
        {
          suggestion: "Ask the registry's operator to put the final token URL into the challenge.",
          details: { host: entry.host },
        },
      );
    }
    if (response.status !== 200) throw await answerError(response, refusalOf({ ...access, subject }));
    const bytes = await readBody(response);
    requireNoWebPage(bytes, response, { entry, subject });
    return readToken(bytes, entry, connection.now());
  } catch (error) {
    throw inWordsOf(error, url, access);
  }
}

/** The registry could name any host, so only an administrator can say that another one is its token server. */
function untrustedRealm({ entry }: Access, { host, origin }: URL): AppError {
  return new AppError(
    "registry_auth_failed",
    `${entry.host} names the token server ${host}, to which Gantry does not send these credentials.`,
    {
      suggestion: `If ${host} belongs to this registry, an administrator can store the credentials again with the token server ${origin}.`,
      details: { host: entry.host, refused: "login" },
    },
  );
}

/**
 * `pull`, and also `metadata_read` if the challenge names it: the action that Azure Container Registry requires for tag
 * lists. A challenge is kept for all repositories of its registry, so its repository does not matter.
 */
function actionsFor({ scope = "" }: BearerChallenge): string {
  return /(?:^|\s)repository:\S+:(?:[a-z_*]+,)*metadata_read(?=,|\s|$)/.test(scope)
    ? "pull,metadata_read"
    : "pull";
}

/**
 * Converts the guard's refusal to an error about the request. The size limit of a token response says nothing about the
 * image.
 */
function inWordsOf(error: unknown, url: URL, { connection, entry }: Access): unknown {
  if (hasCode(error, "address_forbidden")) {
    const items = itemsThatAllow(url, entry, connection.registries);
    return forbidden(entry, "it leads to a private or reserved address", { items, cause: error });
  }
  if (!hasCode(error, "limit_exceeded")) return error;
  const why = `its token server sent more than ${REGISTRY_LIMITS.tokenBytes} bytes`;
  return protocolError(entry, why, { cause: error });
}

/** `token`, else `access_token`. Lifetime: 60 s by default, clamped to between 60 s and an hour. */
function readToken(bytes: Uint8Array, entry: RegistryEntry, nowMs: number): IssuedToken {
  const document = parseObject(bytes);
  const token = document?.get("token") || document?.get("access_token");
  if (typeof token !== "string" || !isHeaderSafe(token)) {
    throw protocolError(entry, "its token server sent no valid token");
  }
  const { tokenLifetimeSecondsMin: min, tokenLifetimeSecondsMax: max } = REGISTRY_LIMITS;
  const stated = Number(document?.get("expires_in"));
  const seconds = Math.min(Math.max(Number.isFinite(stated) ? stated : min, min), max);
  return { token, expiresAtMs: nowMs + (seconds - MARGIN_SECONDS) * 1000 };
}

function parseObject(bytes: Uint8Array): Map<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

function isHeaderSafe(token: string): boolean {
  return token.length <= REGISTRY_LIMITS.tokenCharacters && /^[\x21-\x7e]+$/.test(token);
}
