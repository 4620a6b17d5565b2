import { hostPortOf } from "@/lib/egress/destination";
import { type Repository, repositoryOfName } from "@/lib/extension/reference/repository";
import { hasCode } from "@/lib/platform/errors";
import { egressRules, type RegistryEntry, type RegistryTable } from "@/lib/registry/registries";
import type { Access } from "@/lib/registry/transport/connection";

/**
 * Access to the target of a redirect as to a registry of its own, without credentials: some registries redirect to
 * another registry, which requires its own token.
 */
export function targetAccess(
  { connection, subject }: Access,
  url: URL,
): Pick<Access, "connection" | "entry" | "subject"> {
  return {
    connection: { ...connection, authorizer: connection.targetAuthorizer },
    entry: targetEntry(url, connection.registries),
    subject: { ...subject, repository: repositoryAt(url) ?? subject.repository },
  };
}

/** Where the target can send Gantry depends on the target alone, not on the registry that redirected to it. */
export function targetEntry(url: URL, table: RegistryTable): RegistryEntry {
  const { host, origin } = url;
  return { host, origin, mayBePrivate: egressRules(table).allowPrivate(hostPortOf(url)) };
}

const API_PATH = /^\/v2\/(.+)\/(?:manifests|blobs|referrers|tags)\/[^/]+$/;

/** The repository that a path of the registry API names; undefined for other paths, such as those of storage. */
function repositoryAt(url: URL): Repository | undefined {
  const path = API_PATH.exec(url.pathname)?.[1];
  if (path === undefined) return undefined;
  try {
    return repositoryOfName(`${url.host}/${path}`);
  } catch (error) {
    if (hasCode(error, "repository_invalid")) return undefined;
    throw error;
  }
}
