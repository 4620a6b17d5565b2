import { hostPortOf, isNeverAllowed } from "@/lib/egress/destination";
import { isAppError } from "@/lib/platform/errors";
import {
  egressRules,
  formatItem,
  formatRegistries,
  parseRegistries,
  type RegistryEntry,
  type RegistryTable,
} from "@/lib/registry/registries";

/**
 * The items, comma-separated, that an administrator can append to GANTRY_REGISTRIES so that Gantry contacts `url` on
 * behalf of this registry. Undefined if no value allows that: errors advise only what the configuration accepts.
 */
export function itemsThatAllow(url: URL, entry: RegistryEntry, table: RegistryTable): string | undefined {
  if (isNeverAllowed(url)) return undefined;
  const items = [...new Set([formatItem({ ...entry, mayBePrivate: true }), url.origin])].join(",");
  try {
    const changed = parseRegistries(`${formatRegistries(table)},${items}`);
    const rules = egressRules(changed);
    const hostPort = hostPortOf(url);
    const allowed = rules.allowPrivate(hostPort) && (url.protocol === "https:" || rules.allowHttp(hostPort));
    return allowed ? items : undefined;
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
