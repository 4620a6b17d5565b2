import type { Context } from "@/lib/journal/context";
import type { ObservedTag } from "@/lib/marketplace/versions/record-versions";

/** Those of the observed tags whose digest is neither the accepted one nor the one they are known to have moved to. */
export async function unknownTags(
  ctx: Context,
  input: { extensionId: string; observed: readonly ObservedTag[] },
): Promise<ObservedTag[]> {
  const versions = await ctx.db.prisma.version.findMany({
    where: { extensionId: input.extensionId, current: true },
    select: { tag: true, digest: true, movedDigest: true },
  });
  const known = new Set(
    versions.flatMap(({ tag, digest, movedDigest }) => [`${tag}@${digest}`, `${tag}@${movedDigest}`]),
  );
  return input.observed.filter(({ tag, digest }) => !known.has(`${tag}@${digest}`));
}
