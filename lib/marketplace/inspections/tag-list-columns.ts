/** What the whole tag list of an extension shows, by its last complete scan: facts about the list, not about one image. */

import type { TagListFacts } from "@/lib/extension/reference/tag-list-facts";
import type { Tx } from "@/lib/platform/db/database";
import type { Extension } from "@/lib/platform/prisma/client";

export type TagListColumns = Pick<
  Extension,
  "highTag" | "highTagNext" | "postReleaseTag" | "postReleaseStable"
>;

/** For a query that selects parts of an extension. */
export const TAG_LIST_COLUMNS = {
  highTag: true,
  highTagNext: true,
  postReleaseTag: true,
  postReleaseStable: true,
} as const satisfies Record<keyof TagListColumns, true>;

export function storedTagListFacts(extension: TagListColumns): TagListFacts {
  const { highTag, highTagNext, postReleaseTag, postReleaseStable } = extension;
  return {
    shadowing: highTag === null || highTagNext === null ? null : { tag: highTag, next: highTagNext },
    postRelease: postReleaseTag === null ? null : { tag: postReleaseTag, stable: postReleaseStable },
  };
}

/** Records what a complete tag list shows, and returns whether it changed. The extension is locked. */
export async function recordTagListFacts(
  tx: Tx,
  extension: TagListColumns & { id: string },
  { shadowing, postRelease }: TagListFacts,
): Promise<boolean> {
  const data: TagListColumns = {
    highTag: shadowing?.tag ?? null,
    highTagNext: shadowing?.next ?? null,
    postReleaseTag: postRelease?.tag ?? null,
    postReleaseStable: postRelease?.stable ?? null,
  };
  const isKnown = Object.entries(data).every(([name, value]) => Object(extension)[name] === value);
  if (isKnown) return false;
  await tx.extension.update({ where: { id: extension.id }, data });
  return true;
}
