import { hasCode } from "@/lib/platform/errors";
import { protocolError } from "@/lib/registry/errors";
import { parseJsonObject } from "@/lib/registry/manifest-json";
import type { RegistryEntry } from "@/lib/registry/registries";

/**
 * The entries of an index of referrers, unread. None for a manifest that is no index: somebody used that tag for an
 * image. Throws `registry_protocol` for what is no JSON object or has a list that is none.
 */
export function parseReferrers(bytes: Uint8Array, entry: RegistryEntry): unknown[] {
  const document = parseObject(bytes, entry);
  const manifests = "manifests" in document ? document.manifests : undefined;
  if (manifests === undefined || manifests === null) return [];
  if (!Array.isArray(manifests)) throw protocolError(entry, "its list of referrers is not a list");
  return manifests;
}

function parseObject(bytes: Uint8Array, entry: RegistryEntry): object {
  try {
    return parseJsonObject(bytes, "the referrers");
  } catch (cause) {
    if (!hasCode(cause, "registry_protocol")) throw cause;
    throw protocolError(entry, "its list of referrers is not a JSON object", { cause });
  }
}
