import { isOpenSubmission } from "@/lib/extension/states/submission";
import { authorize, may } from "@/lib/identity/permissions";
import { actorUserId } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { lockExtension } from "@/lib/marketplace/rows/extension-row";
import type { Tx } from "@/lib/platform/db/database";
import { isRowId } from "@/lib/platform/db/row-id";
import { AppError } from "@/lib/platform/errors";
import { type Extension, type Submission, SubmissionState } from "@/lib/platform/prisma/client";

export const OPEN_SUBMISSION_STATES = Object.values(SubmissionState).filter(isOpenSubmission);

export type LockedSubmission = { submission: Submission; extension: Extension };

/** The submission with its extension locked. Also `not_found` for what the actor may not see, so that ids reveal nothing. */
export async function lockSubmission(tx: Tx, ctx: Context, id: string): Promise<LockedSubmission> {
  authorize(ctx.actor, "submission.read");
  const found = isRowId(id)
    ? await tx.submission.findUnique({ where: { id }, select: { extensionId: true } })
    : null;
  if (!found) throw noSuchSubmission();
  const extension = await lockExtension(tx, found.extensionId);
  const submission = await tx.submission.findUniqueOrThrow({ where: { id } });
  if (!maySee(ctx, submission)) throw noSuchSubmission();
  return { submission, extension };
}

/** Submitters see their own submissions, deciders see all. */
export function maySee(ctx: Context, submission: Pick<Submission, "submitterId">): boolean {
  return may(ctx.actor, "submission.readAll") || actorUserId(ctx.actor) === submission.submitterId;
}

export function noSuchSubmission(): AppError {
  return new AppError("not_found", "Submission not found.", {
    suggestion: "Open it from the list of your submissions.",
    apiHint: "Check the ID. GET /api/v1/submissions lists your submissions.",
  });
}
