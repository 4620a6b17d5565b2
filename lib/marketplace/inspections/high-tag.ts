/** A version that lies far above the others and hides them: a fact about the tag list, hence of no single image. */

import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { ShadowingTag } from "@/lib/extension/reference/shadowing-version";
import type { Tx } from "@/lib/platform/db/database";
import type { Extension } from "@/lib/platform/prisma/client";

export type HighTagColumns = Pick<Extension, "highTag" | "highTagNext">;

/** Of a query that selects parts of an extension. */
export const HIGH_TAG_COLUMNS = {
  highTag: true,
  highTagNext: true,
} as const satisfies Record<keyof HighTagColumns, true>;

/** What a whole tag list says of it. The extension is locked. */
export async function recordHighTag(
  tx: Tx,
  extension: HighTagColumns & { id: string },
  found: ShadowingTag | null,
): Promise<HighTagColumns> {
  const data = { highTag: found?.tag ?? null, highTagNext: found?.next ?? null };
  if (data.highTag === extension.highTag && data.highTagNext === extension.highTagNext) return data;
  await tx.extension.update({ where: { id: extension.id }, data });
  return data;
}

/** For its publisher and its reviewers, whichever version they look at. */
export function highTagFindings({ highTag, highTagNext }: HighTagColumns): Finding[] {
  if (highTag === null || highTagNext === null) return [];
  return [makeFinding("blocking_high_version", { tag: highTag, next: highTagNext })];
}

/** Of this version. */
export function highTagFindingsOf(extension: HighTagColumns, tag: string): Finding[] {
  return extension.highTag === tag ? highTagFindings(extension) : [];
}
