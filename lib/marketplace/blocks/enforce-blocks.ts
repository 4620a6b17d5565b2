import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { type MarkedVersion, markVersions, versionsContaining } from "@/lib/marketplace/blocks/mark-versions";
import { publishChanges } from "@/lib/marketplace/publishing/catalog-change";
import { lockBlocks } from "@/lib/marketplace/rows/blocks-lock";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";

/**
 * Blocks versions that contain a blocked image and were not known to: a newer report of an image can name more
 * platforms than the one before, and blocks of earlier releases held in one repository only. Returns how many.
 */
export async function enforceBlocks(ctx: Context): Promise<number> {
  if ((await missedDigests(ctx.db.prisma)).length === 0) return 0;
  return transact(ctx.db, async (tx) => {
    await lockBlocks(tx);
    const missed = await missedDigests(tx);
    const containing = await versionsContaining(tx, missed);
    const marked = await markVersions(
      tx,
      containing.filter(({ visibility }) => visibility !== "blocked"),
    );
    if (marked.length === 0) return 0;
    const blocked = marked.map(placeOf);
    await publishChanges(tx, ctx, [...new Set(marked.map(({ extensionId }) => extensionId))], "block");
    await appendMessage(tx, { kind: "version.block", payload: { others: blocked } });
    await appendAudit(tx, ctx, {
      action: "version.block",
      subject: { kind: "instance", id: "blocks" },
      after: { versions: blocked },
      reason: "They contain an image that is blocked.",
    });
    return blocked.length;
  });
}

/** Blocked digests that are in a version which is not blocked. */
async function missedDigests(tx: Pick<Tx, "$queryRaw">): Promise<string[]> {
  const rows = await tx.$queryRaw<{ digest: string }[]>`
    WITH "blocked" AS (SELECT DISTINCT unnest("digests") AS "digest" FROM "BlockedImage")
    SELECT b."digest" FROM "blocked" b
    WHERE EXISTS (
      SELECT 1 FROM "Version" v WHERE v."digest" = b."digest" AND v."visibility" <> 'blocked'
    ) OR EXISTS (
      SELECT 1 FROM "Inspection" i
      JOIN "Version" v ON v."inspectionId" = i."id"
      WHERE i."report" -> 'platforms' @> jsonb_build_array(jsonb_build_object('digest', b."digest"))
        AND v."visibility" <> 'blocked'
    )`;
  return rows.map(({ digest }) => digest);
}

function placeOf({ repository, tag, digest }: MarkedVersion) {
  return { repository, tag, digest };
}
