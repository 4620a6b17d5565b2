/** Asking the registry where tags point now. */

import type { Repository } from "@/lib/extension/reference/repository";
import type { ObservedTag } from "@/lib/marketplace/rows/observed-tag";
import { hasCode } from "@/lib/platform/errors";
import { mapConcurrently } from "@/lib/platform/map-concurrently";
import type { RegistryClient } from "@/lib/registry/client";
import type { CallOptions } from "@/lib/registry/client-types";
import { isAboutContent } from "@/lib/registry/oci/errors";
import type { LookUp } from "@/lib/scanning/tags/plan-scan";

export type Observation = {
  observed: ObservedTag[];
  /** The registry cannot answer about these. */
  unanswered: (LookUp & { error: unknown })[];
  /** Too many were unanswered, so the tags after them were not looked up. */
  gaveUp?: { error: unknown } | undefined;
};

const LOOKUPS_AT_ONCE = 8;
/** With more, the registry itself is in trouble, and each further tag would use up its retries in vain. */
const UNANSWERED_MAX = 5;

/**
 * Looks the tags up. A tag that was deleted meanwhile is left out, and so is one about which the registry cannot answer:
 * that costs this tag only. Throws what the next tag would meet as well.
 */
export async function observeTags(
  tags: readonly LookUp[],
  resolve: (tag: LookUp) => Promise<{ digest: string }>,
): Promise<Observation> {
  const unanswered: Observation["unanswered"] = [];
  const observed: ObservedTag[] = [];
  try {
    await mapConcurrently(tags, LOOKUPS_AT_ONCE, async (lookUp) => {
      const { tag } = lookUp;
      try {
        return observed.push({ tag, digest: (await resolve(lookUp)).digest });
      } catch (error) {
        if (hasCode(error, "reference_not_found")) return undefined;
        if (!isAboutOneTag(error) || unanswered.length >= UNANSWERED_MAX) throw error;
        return unanswered.push({ ...lookUp, error });
      }
    });
  } catch (error) {
    if (!isAboutOneTag(error)) throw error;
    return { observed, unanswered, gaveUp: { error } };
  }
  return { observed, unanswered };
}

/**
 * Where a tag points. The manifest of a new tag is needed in any case, so it is fetched at once; with a client that
 * remembers, its inspection then has it. Throws what the client throws.
 */
export async function digestOfTag(
  client: RegistryClient,
  repository: Repository,
  { tag, isNew }: LookUp,
  options: CallOptions,
): Promise<{ digest: string }> {
  if (!isNew) return client.resolve(repository, tag, options);
  try {
    return await client.manifest(repository, tag, options);
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    // The inspection reports what is wrong with the manifest; the tag still points somewhere.
    return client.resolve(repository, tag, options);
  }
}

/** Unlike a rate limit, a denial or a host that does not answer, which the next tag would meet as well. */
function isAboutOneTag(error: unknown): boolean {
  return (
    hasCode(error, "registry_error") ||
    hasCode(error, "registry_protocol") ||
    hasCode(error, "registry_content_type") ||
    hasCode(error, "digest_mismatch") ||
    hasCode(error, "media_type_confusion")
  );
}
