import { hostPortOf } from "@/lib/egress/destination";
import { AppError } from "@/lib/platform/errors";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { egressRules, type RegistryEntry, type RegistryTable } from "@/lib/registry/registries";
import { itemsThatAllow } from "@/lib/registry/registry-advice";
import { namedUrl } from "@/lib/registry/transport/named-url";

/** A token server. `trusted`: it can receive credentials for the registry. */
export type Realm = { url: URL; trusted: boolean };

/**
 * Known token servers on another host than their registry, by API host. Other realms get no credentials, because a
 * registry could name any host as its realm.
 */
const KNOWN_REALMS: Record<string, string> = {
  "registry-1.docker.io": "auth.docker.io",
  "registry.gitlab.com": "gitlab.com",
  "registry.redhat.io": "sso.redhat.com",
};

/**
 * Validates the realm of a challenge. A realm on plain HTTP of the registry's own host is upgraded to https. Throws `realm_forbidden` for anything but https, unless the operator configured
 * both the registry and the realm's host as private. Whether a public name resolves to a private address is checked
 * when Gantry connects. `tokenServer`: the origin that an administrator named for these credentials.
 */
export function checkRealm(
  text: string,
  entry: RegistryEntry,
  table: RegistryTable,
  tokenServer?: string,
): Realm {
  const url = namedUrl(text, new URL(entry.origin));
  if (url === undefined) throw forbidden(entry, "it is not an absolute URL");
  if (url.username !== "" || url.password !== "") throw forbidden(entry, "it contains a user name");
  const own = url.origin === entry.origin;
  if (!own) checkForeign(url, entry, table);
  const api = new URL(entry.origin);
  const known = url.protocol === "https:" && KNOWN_REALMS[api.host] === url.host;
  return { url, trusted: own || known || url.origin === tokenServer };
}

/**
 * SSRF guard: a public registry must not direct Gantry to a host that is reachable only because another registry is
 * there.
 */
function checkForeign(url: URL, entry: RegistryEntry, table: RegistryTable): void {
  const rules = egressRules(table);
  const hostPort = hostPortOf(url);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && rules.allowHttp(hostPort))) {
    throw forbidden(entry, "it is not an https URL", { items: itemsThatAllow(url, entry, table) });
  }
  if (rules.allowPrivate(hostPort) && !entry.mayBePrivate) {
    const why = "it is a private host that belongs to another registry";
    throw forbidden(entry, why, { items: itemsThatAllow(url, entry, table) });
  }
}

/** Limits the length of the token URL, because the registry controls what Gantry sends to a host of its choice. */
export function checkTokenAddress(url: URL, entry: RegistryEntry): void {
  const max = REGISTRY_LIMITS.tokenAddressCharacters;
  const { length } = url.href;
  if (length <= max) return;
  throw new AppError(
    "realm_forbidden",
    `${entry.host} requests a token URL of ${length} characters including its service. The limit is ${max}.`,
    {
      suggestion: "Ask the registry's operator to shorten the realm and service in its challenge.",
      details: { host: entry.host, characters: length, charactersMax: max },
    },
  );
}

/** `items`: what an administrator can add to GANTRY_REGISTRIES to allow the URL. */
export function forbidden(
  entry: RegistryEntry,
  why: string,
  { items, cause }: { items?: string | undefined; cause?: unknown } = {},
): AppError {
  return new AppError("realm_forbidden", `${entry.host} requests a forbidden token URL: ${why}.`, {
    suggestion:
      items === undefined
        ? "Ask the registry's operator to put an https URL that Gantry can reach into its challenge."
        : `If you run the token server, an administrator can allow it: add ${items} to GANTRY_REGISTRIES.`,
    details: { host: entry.host },
    cause,
  });
}
