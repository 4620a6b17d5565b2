/** Where each tag of a repository points: now, or when it was last asked about. */

import type { ObservedTag } from "@/lib/marketplace/rows/observed-tag";
import { hasCode } from "@/lib/platform/errors";
import { mapConcurrently } from "@/lib/platform/map-concurrently";

export type Observation = {
  observed: ObservedTag[];
  /** The registry cannot answer about these. */
  unanswered: { tag: string; error: unknown }[];
};

const LOOKUPS_AT_ONCE = 8;
/** With more, the registry itself is in trouble, and each further tag would wait for its tries in vain. */
const UNANSWERED_MAX = 5;

/**
 * A tag that went meanwhile is left out, and so is one about which the registry cannot answer: that costs this tag only.
 * `gaveUp`: there were too many of these, so that the tags after them were not asked about. Throws what the next tag would
 * meet as well.
 */
export async function observeTags(
  tags: readonly string[],
  known: ReadonlyMap<string, string>,
  asked: ReadonlySet<string>,
  resolve: (tag: string) => Promise<{ digest: string }>,
): Promise<Observation & { gaveUp?: { error: unknown } }> {
  const unanswered: Observation["unanswered"] = [];
  const observed: ObservedTag[] = [];
  try {
    await mapConcurrently(tags, LOOKUPS_AT_ONCE, async (tag) => {
      const digest = asked.has(tag) ? undefined : known.get(tag);
      if (digest !== undefined) return observed.push({ tag, digest });
      try {
        return observed.push({ tag, digest: (await resolve(tag)).digest });
      } catch (error) {
        if (hasCode(error, "reference_not_found")) return undefined;
        if (!isAboutOneTag(error) || unanswered.length >= UNANSWERED_MAX) throw error;
        return unanswered.push({ tag, error });
      }
    });
  } catch (error) {
    if (!isAboutOneTag(error)) throw error;
    return { observed, unanswered, gaveUp: { error } };
  }
  return { observed, unanswered };
}

/** Unlike a limit, a refusal or a host that does not answer, which the next tag would meet as well. */
function isAboutOneTag(error: unknown): boolean {
  return (
    hasCode(error, "registry_error") ||
    hasCode(error, "registry_protocol") ||
    hasCode(error, "digest_mismatch") ||
    hasCode(error, "media_type_confusion")
  );
}
