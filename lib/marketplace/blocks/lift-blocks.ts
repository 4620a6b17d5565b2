import type { Context } from "@/lib/journal/context";
import { coveringBlocks, digestsOf } from "@/lib/marketplace/blocks/covering-blocks";
import {
  type AffectedVersion,
  afterBlock,
  type MarkedVersion,
  markVersions,
  versionsContaining,
} from "@/lib/marketplace/blocks/mark-versions";
import { refuseHigherDecision } from "@/lib/marketplace/rows/higher-decision";
import { refuseOwn } from "@/lib/marketplace/rows/own-submission";
import type { Tx } from "@/lib/platform/db/database";
import type { BlockedImage, Version } from "@/lib/platform/prisma/client";

export type Lifted = { versions: MarkedVersion[]; ownSubmission: boolean };

/**
 * Lifts every block that covers the image of `version`, in all repositories at once. The caller holds the
 * blocks lock exclusively. Throws `higher_role_decision` when a higher role is behind one of them, and `own_submission` when that
 * would list a version of an extension that the actor submitted.
 */
export async function liftBlocks(tx: Tx, ctx: Context, version: Version): Promise<Lifted> {
  const inspection = await tx.inspection.findUniqueOrThrow({ where: { id: version.inspectionId } });
  const blocks = await coveringBlocks(tx, digestsOf(version.digest, inspection.report));
  for (const { decidedBy } of blocks)
    refuseHigherDecision(ctx, { what: "This image was blocked", decidedBy });
  const affected = await versionsContaining(tx, digestsUnder(blocks, version));
  const ownSubmission = await refuseOwnListings(tx, ctx, affected);
  await tx.blockedImage.deleteMany({ where: { digest: { in: blocks.map(({ digest }) => digest) } } });
  return { versions: await markVersions(tx, affected), ownSubmission };
}

function digestsUnder(blocks: readonly BlockedImage[], { digest }: Version): string[] {
  return [...new Set([digest, ...blocks.flatMap(({ digests }) => digests)])];
}

/** Whether one of the extensions that get a listed version back is the actor's own. */
async function refuseOwnListings(tx: Tx, ctx: Context, affected: readonly AffectedVersion[]) {
  const listed = affected.filter(
    (one) => one.visibility === "blocked" && afterBlock(one).visibility === "listed",
  );
  let own = false;
  for (const extensionId of new Set(listed.map((one) => one.extensionId)))
    own = (await refuseOwn(tx, ctx, extensionId)) || own;
  return own;
}
