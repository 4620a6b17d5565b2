import type { TagListFacts } from "@/lib/extension/reference/tag-list-facts";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { learnedDigests } from "@/lib/marketplace/inspections/inspection-row";
import { recordTagListFacts, storedTagListFacts } from "@/lib/marketplace/inspections/tag-list-columns";
import { publishChange } from "@/lib/marketplace/publishing/catalog-change";
import { lockExtension, nameOf } from "@/lib/marketplace/rows/extension-row";
import type { ObservedTag } from "@/lib/marketplace/rows/observed-tag";
import { transact } from "@/lib/platform/db/transact";

export type TagObservation = {
  extensionId: string;
  observed: readonly ObservedTag[];
  listedTags: readonly string[];
  /** Tags that the registry no longer has; none if the list is not proven whole. */
  missingTags: readonly string[];
  /** What the whole list shows; undefined if it is not proven whole. */
  facts: TagListFacts | undefined;
  /** Those of the observed tags that are to be recorded as versions next. */
  due: readonly ObservedTag[];
};

/** `changed`: how many versions. `learned`: digests of `due` whose inspection is stored and need not be repeated. */
export type RecordedTags = { changed: number; learned: ReadonlySet<string> };

/** Records what the tag list shows, before any image is inspected. */
export async function recordTags(ctx: Context, input: TagObservation): Promise<RecordedTags> {
  const changed = await recordTagChanges(ctx, input);
  const digests = [...new Set(input.due.map(({ digest }) => digest))];
  return { changed, learned: await learnedDigests(ctx.db, { extensionId: input.extensionId, digests }) };
}

/** Tags that point to their accepted digest again, tags that are missing, and tags that returned to the list. */
async function recordTagChanges(ctx: Context, input: TagObservation): Promise<number> {
  return transact(ctx.db, async (tx) => {
    const extension = await lockExtension(tx, input.extensionId);
    const facts = input.facts ?? storedTagListFacts(extension);
    const isNews = await recordTagListFacts(tx, extension, facts);
    const versions = await tx.version.findMany({ where: { extensionId: extension.id, current: true } });
    const observed = new Map(input.observed.map(({ tag, digest }) => [tag, digest]));
    const listed = new Set(input.listedTags);
    const missing = new Set(input.missingTags);
    const changes: { tag: string; change: "moved_back" | "missing" | "returned" }[] = [];
    for (const version of versions) {
      const movedBack = version.movedDigest !== null && observed.get(version.tag) === version.digest;
      if (movedBack) {
        await tx.version.update({
          where: { id: version.id },
          data: { movedDigest: null, movedSeenAt: null },
        });
        changes.push({ tag: version.tag, change: "moved_back" });
      }
      if (missing.has(version.tag) && !version.missingSince) {
        await tx.version.update({ where: { id: version.id }, data: { missingSince: ctx.clock.now() } });
        changes.push({ tag: version.tag, change: "missing" });
      }
      if (version.missingSince && listed.has(version.tag)) {
        await tx.version.update({ where: { id: version.id }, data: { missingSince: null } });
        changes.push({ tag: version.tag, change: "returned" });
      }
    }
    if (changes.length === 0 && !isNews) return 0;
    await publishChange(tx, ctx, extension.id, "scan");
    await appendAudit(tx, ctx, {
      action: "version.tags",
      subject: { kind: "extension", id: nameOf(extension) },
      after: { changes, ...(isNews && facts) },
    });
    return changes.length;
  });
}
