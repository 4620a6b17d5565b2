import type { Tx } from "@/lib/platform/db/database";

/** By the extension's id: tags that are known and that the public sees nothing of. */
export type HiddenTags = ReadonlyMap<string, readonly string[]>;

/** Only the tags: what was found in these images is for reviewers. */
export async function readHiddenTags(tx: Tx, extensions: readonly { id: string }[]): Promise<HiddenTags> {
  const found = await tx.version.findMany({
    where: {
      extensionId: { in: extensions.map(({ id }) => id) },
      current: true,
      visibility: { in: ["held", "unlisted"] },
    },
    select: { extensionId: true, tag: true },
    orderBy: { id: "asc" },
  });
  const hidden = new Map<string, string[]>();
  for (const { extensionId, tag } of found) {
    const tags = hidden.get(extensionId);
    if (tags === undefined) hidden.set(extensionId, [tag]);
    else tags.push(tag);
  }
  return hidden;
}
