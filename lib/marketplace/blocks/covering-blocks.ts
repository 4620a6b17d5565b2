/** Which blocks cover an image, and what they say about a version of it. */

import { blockedAs, strictestFirst } from "@/lib/extension/policy/block";
import { imageDigests } from "@/lib/extension/report/image-digests";
import { higherRole } from "@/lib/identity/role-rank";
import type { VisibilityReason } from "@/lib/marketplace/rows/json-columns";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import type { BlockedImage, BlockLevel, Prisma, Role } from "@/lib/platform/prisma/client";

/** An image under a tag of a repository, by its canonical name. */
export type TaggedImage = { repository: string; tag: string };

/** The columns for a version that contains a blocked image. */
export type BlockStanding = { level: BlockLevel; decidedBy: Role | null; reason: VisibilityReason };

/** The digests that a block of this image is looked up by. */
export function digestsOf(digest: string, report: Prisma.JsonValue): string[] {
  return imageDigests(digest, reportOf(report)?.platforms);
}

/** Strictest first. */
export async function coveringBlocks(tx: Tx, digests: readonly string[]): Promise<BlockedImage[]> {
  const found = await tx.blockedImage.findMany({
    where: { digests: { hasSome: [...digests] } },
    orderBy: [{ blockedAt: "asc" }, { digest: "asc" }],
  });
  return strictestFirst(found);
}

/** What `blocks`, strictest first, say about `image`; undefined when none covers it. */
export function standingUnder(
  blocks: readonly BlockedImage[],
  image: TaggedImage,
): BlockStanding | undefined {
  const [strictest] = blocks;
  if (strictest === undefined) return undefined;
  const isOrigin = strictest.repository === image.repository && strictest.tag === image.tag;
  return {
    level: strictest.level,
    decidedBy: blocks.reduce<Role | null>((role, block) => higherRole(role, block.decidedBy), null),
    reason: isOrigin
      ? { code: "block_by_person", message: strictest.reason }
      : { code: "same_image_blocked", message: sameImageWords(strictest) },
  };
}

/** For people: where the image was blocked, and why. */
function sameImageWords(block: Pick<BlockedImage, "repository" | "tag" | "reason">): string {
  return `The same image is blocked as ${blockedAs(block)}: ${block.reason}`;
}

/** Throws `illegal_state` for an image that is blocked anywhere: only lifting the block brings it back. */
export async function refuseBlockedImage(tx: Tx, tag: string, digests: readonly string[]): Promise<void> {
  const [block] = await coveringBlocks(tx, digests);
  if (!block) return;
  throw new AppError(
    "illegal_state",
    `The image of ${tag} is blocked (as ${blockedAs(block)}): ${block.reason}`,
    {
      suggestion: "Restore that version first, which lifts the block everywhere, or choose another image.",
      details: { digest: block.digest },
    },
  );
}
