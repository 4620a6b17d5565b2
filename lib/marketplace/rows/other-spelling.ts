/** `1.2.3` and `v1.2.3` are one version. With different images, only one of the two can be listed. */

import type { VisibilityReason } from "@/lib/marketplace/rows/json-columns";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import type { Version, Visibility } from "@/lib/platform/prisma/client";

export type Spelling = Pick<Version, "extensionId" | "tag" | "semver" | "digest">;

/** States that a person or an envelope decided on: the spelling is or was offered. */
const ACCEPTED: Visibility[] = ["listed", "yanked", "blocked"];

/** Why the version must be held: it is another image under the name of one that was accepted. */
export async function whyCollides(tx: Tx, version: Spelling): Promise<VisibilityReason | undefined> {
  const other = await tx.version.findFirst({ where: otherImages(version, ACCEPTED) });
  return other === null ? undefined : collisionReason(version.tag, other.tag);
}

/** Throws `illegal_state` while the other spelling is listed with another image. */
export async function refuseCollision(tx: Tx, version: Spelling): Promise<void> {
  const other = await tx.version.findFirst({ where: otherImages(version, ["listed"]) });
  if (other === null) return;
  const message = `${other.tag} is the same version as ${version.tag} with another image, and it is listed.`;
  throw new AppError("illegal_state", message, {
    suggestion: `Hold or yank ${other.tag} first, then list ${version.tag}. Clients of both tags are then offered ${version.tag}.`,
  });
}

/** Holds the other spelling of a version that a person has approved. */
export async function holdOtherSpelling(tx: Tx, approved: Spelling): Promise<void> {
  const others = await tx.version.findMany({ where: otherImages(approved, ["listed"]) });
  for (const { id, tag } of others) {
    const reason = collisionReason(tag, approved.tag);
    await tx.version.update({ where: { id }, data: { visibility: "held", reason, decidedBy: null } });
  }
}

function otherImages({ extensionId, tag, semver, digest }: Spelling, visibility: Visibility[]) {
  return {
    ...{ extensionId, semver, current: true },
    ...{ tag: { not: tag }, digest: { not: digest }, visibility: { in: visibility } },
  };
}

function collisionReason(tag: string, accepted: string) {
  return {
    code: "version_collision",
    message: `${tag} and ${accepted} are the same version with different images, and ${accepted} was accepted. A reviewer decides which one counts.`,
  };
}
