/** Known tags that the registry's list no longer has, and whether the list can be believed about them. */

import { familiarName, type Repository } from "@/lib/extension/reference/repository";
import type { KnownVersion } from "@/lib/marketplace/scans/open-scan";
import { AppError, hasCode, isAppError } from "@/lib/platform/errors";
import { mapConcurrently } from "@/lib/platform/map-concurrently";
import type { TagList } from "@/lib/registry/client-types";
import { isAboutHost } from "@/lib/scanning/scan-error";

const REQUESTS_AT_ONCE = 8;

export type ListedTags = {
  listed: readonly string[];
  /** Tags of known versions that are neither listed nor served. */
  missing: readonly string[];
  /** Why the list is not proven whole, as part of a sentence; then no tag is missing. */
  gap: string | undefined;
};

/**
 * Asks for each known tag that left the list before it counts as missing, because a registry can cut a list without a
 * sign. A tag that the registry still serves shows that the list is a part. Tags that are missing already are not asked
 * for again.
 */
export async function findMissingTags(
  { tags: listed, gap }: TagList,
  versions: ReadonlyMap<string, KnownVersion>,
  resolve: (tag: string) => Promise<unknown>,
): Promise<ListedTags> {
  if (gap !== undefined) return { listed, missing: [], gap };
  const isListed = new Set(listed);
  const absent = [...versions].flatMap(([tag, { missing }]) => (missing || isListed.has(tag) ? [] : [tag]));
  const missing: string[] = [];
  let doubt: string | undefined;
  await mapConcurrently(absent, REQUESTS_AT_ONCE, async (tag) => {
    if (doubt !== undefined) return;
    const found = await doubtAbout(tag, resolve);
    if (found === undefined) missing.push(tag);
    else doubt ??= found;
  });
  return doubt === undefined ? { listed, missing, gap: undefined } : { listed, missing: [], gap: doubt };
}

/** Undefined once the registry says that it does not have the tag. Throws what the next tag would meet as well. */
async function doubtAbout(
  tag: string,
  resolve: (tag: string) => Promise<unknown>,
): Promise<string | undefined> {
  try {
    await resolve(tag);
    return `it leaves out ${tag}, which the registry serves`;
  } catch (error) {
    if (hasCode(error, "reference_not_found") || hasCode(error, "repository_not_found")) return undefined;
    if (!isAppError(error) || isAboutHost(error)) throw error;
    return `it leaves out ${tag}, and the registry did not say whether it has it`;
  }
}

/** What a scan reports about a list that is not proven whole. */
export function incompleteTagList(repository: Repository, gap: string): AppError {
  return new AppError(
    "tag_list_incomplete",
    `The tag list of ${familiarName(repository)} is not proven whole: ${gap}.`,
    {
      suggestion:
        "Listed versions and exports stay as they are. Tags that the list leaves out are not found until the registry lists them. Ask the registry's operator whether it sends a Link header with every page that is not the last one.",
      retryable: true,
    },
  );
}
