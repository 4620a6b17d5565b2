/** A shadowing version: far above the others, so that it hides them. A fact about the tag list, not about one image. */

import { type Finding, makeFinding } from "@/lib/extension/findings/finding";
import { blockingFindingsOf, type ShadowingTag } from "@/lib/extension/reference/shadowing-version";
import type { Tx } from "@/lib/platform/db/database";
import type { Extension } from "@/lib/platform/prisma/client";

export type ShadowingColumns = Pick<Extension, "highTag" | "highTagNext">;

/** For a query that selects parts of an extension. */
export const SHADOWING_COLUMNS = {
  highTag: true,
  highTagNext: true,
} as const satisfies Record<keyof ShadowingColumns, true>;

export function shadowingTag({ highTag, highTagNext }: ShadowingColumns): ShadowingTag | null {
  return highTag === null || highTagNext === null ? null : { tag: highTag, next: highTagNext };
}

/** Records what a complete tag list shows, and returns whether it changed. The extension is locked. */
export async function recordShadowingVersion(
  tx: Tx,
  extension: ShadowingColumns & { id: string },
  found: ShadowingTag | null,
): Promise<boolean> {
  const data = { highTag: found?.tag ?? null, highTagNext: found?.next ?? null };
  if (data.highTag === extension.highTag && data.highTagNext === extension.highTagNext) return false;
  await tx.extension.update({ where: { id: extension.id }, data });
  return true;
}

/** For publishers and reviewers, on every version. */
export function shadowingFindings(extension: ShadowingColumns): Finding[] {
  const found = shadowingTag(extension);
  return found === null ? [] : [makeFinding("blocking_high_version", found)];
}

/** Only on the shadowing version itself. */
export function shadowingFindingsOf(extension: ShadowingColumns, tag: string): Finding[] {
  return blockingFindingsOf(tag, shadowingTag(extension) ?? undefined);
}
