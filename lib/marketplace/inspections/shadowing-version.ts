/** A shadowing version: far above the others, so that it hides them. A fact about the tag list, not about one image. */

import { type Finding, makeFinding } from "@/lib/extension/findings/finding";
import type { ShadowingTag } from "@/lib/extension/reference/shadowing-version";
import type { Tx } from "@/lib/platform/db/database";
import type { Extension } from "@/lib/platform/prisma/client";

export type ShadowingColumns = Pick<Extension, "highTag" | "highTagNext">;

/** For a query that selects parts of an extension. */
export const SHADOWING_COLUMNS = {
  highTag: true,
  highTagNext: true,
} as const satisfies Record<keyof ShadowingColumns, true>;

/** Records what a complete tag list shows. The extension is locked. */
export async function recordShadowingVersion(
  tx: Tx,
  extension: ShadowingColumns & { id: string },
  found: ShadowingTag | null,
): Promise<ShadowingColumns> {
  const data = { highTag: found?.tag ?? null, highTagNext: found?.next ?? null };
  if (data.highTag === extension.highTag && data.highTagNext === extension.highTagNext) return data;
  await tx.extension.update({ where: { id: extension.id }, data });
  return data;
}

/** For publishers and reviewers, on every version. */
export function shadowingFindings({ highTag, highTagNext }: ShadowingColumns): Finding[] {
  if (highTag === null || highTagNext === null) return [];
  return [makeFinding("blocking_high_version", { tag: highTag, next: highTagNext })];
}

/** Only on the shadowing version itself. */
export function shadowingFindingsOf(extension: ShadowingColumns, tag: string): Finding[] {
  return extension.highTag === tag ? shadowingFindings(extension) : [];
}
