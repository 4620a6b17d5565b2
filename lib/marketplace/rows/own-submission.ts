/**
 * No one decides on their own submission while someone else could. Every command that lists something checks this: approving, listing, widening, accepting a moved tag, restoring, adding directly, resuming, and admitting more.
 */

import { actorUserId } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { OPEN_SUBMISSION_STATES } from "@/lib/marketplace/rows/submission-row";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import { Prisma } from "@/lib/platform/prisma/client";

/** Throws `own_submission`. Returns whether the actor decides on their own, which the audit records. */
export async function refuseOwn(tx: Tx, ctx: Context, extensionId: string): Promise<boolean> {
  const refusal = await ownRefusal(tx, ctx, extensionId);
  if (refusal) throw refusal;
  return isOwn(tx, actorUserId(ctx.actor), extensionId);
}

/** What `refuseOwn` would throw, for pages that say so before anyone tries. */
export async function ownRefusal(tx: Tx, ctx: Context, extensionId: string): Promise<AppError | undefined> {
  const userId = actorUserId(ctx.actor);
  if (userId === undefined || !(await isOwn(tx, userId, extensionId))) return undefined;
  if ((await readPolicy(tx)).ownDecisions === "always") return undefined;
  const others = await tx.user.count({
    where: { id: { not: userId }, role: { in: ["admin", "reviewer"] }, passwordHash: { not: null } },
  });
  if (others === 0) return undefined;
  return new AppError("own_submission", "You submitted this extension, so someone else must decide on it.", {
    suggestion: "Ask another reviewer or admin.",
  });
}

/**
 * An extension is a person's own when they have an open or approved submission of it, or were the last to submit it for
 * review: otherwise withdrawing a submission would bypass the review. A direct addition that has ended was
 * an admin's decision and counts no more than any other.
 */
async function isOwn(tx: Tx, userId: string | undefined, extensionId: string): Promise<boolean> {
  if (userId === undefined) return false;
  const forReview = { direct: { equals: Prisma.DbNull } };
  const counting = await tx.submission.findFirst({
    where: {
      extensionId,
      submitterId: userId,
      OR: [{ state: { in: OPEN_SUBMISSION_STATES } }, { state: "approved", ...forReview }],
    },
    select: { id: true },
  });
  if (counting) return true;
  const last = await tx.submission.findFirst({
    where: { extensionId, ...forReview },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { submitterId: true },
  });
  return last?.submitterId === userId;
}
