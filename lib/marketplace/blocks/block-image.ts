import { higherRole } from "@/lib/identity/role-rank";
import { actorRole } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { digestsOf, type TaggedImage } from "@/lib/marketplace/blocks/covering-blocks";
import { type MarkedVersion, markVersions, versionsContaining } from "@/lib/marketplace/blocks/mark-versions";
import { refuseHigherDecision } from "@/lib/marketplace/rows/higher-decision";
import type { Tx } from "@/lib/platform/db/database";
import type { BlockLevel, Version } from "@/lib/platform/prisma/client";

type BlockInput = { level: BlockLevel; reason: string };

/**
 * Blocks the image of `version` in every repository, or changes the block that it has. The caller holds the
 * blocks lock exclusively. Only the highest role behind a block turns `hard` into `soft`.
 */
export async function blockImage(
  tx: Tx,
  ctx: Context,
  { version, place }: { version: Version; place: TaggedImage },
  { level, reason }: BlockInput,
): Promise<MarkedVersion[]> {
  const { digest } = version;
  const inspection = await tx.inspection.findUniqueOrThrow({ where: { id: version.inspectionId } });
  const known = await tx.blockedImage.findUnique({ where: { digest } });
  if (known?.level === "hard" && level === "soft")
    refuseHigherDecision(ctx, { what: "This image was blocked", decidedBy: known.decidedBy });
  const digests = [...new Set([...(known?.digests ?? []), ...digestsOf(digest, inspection.report)])];
  const decidedBy = higherRole(known?.decidedBy, actorRole(ctx.actor));
  const data = { digests, level, reason, decidedBy };
  await tx.blockedImage.upsert({
    where: { digest },
    create: { digest, ...data, ...place, blockedAt: ctx.clock.now() },
    update: data,
  });
  return markVersions(tx, await versionsContaining(tx, digests));
}
