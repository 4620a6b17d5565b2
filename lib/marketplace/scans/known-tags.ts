import type { Context } from "@/lib/journal/context";

/** Where each known tag of the extension pointed when it was last looked at. */
export async function knownTags(ctx: Context, input: { extensionId: string }): Promise<Map<string, string>> {
  const versions = await ctx.db.prisma.version.findMany({
    where: { extensionId: input.extensionId, current: true },
    select: { tag: true, digest: true, movedDigest: true },
  });
  return new Map(versions.map(({ tag, digest, movedDigest }) => [tag, movedDigest ?? digest]));
}
