/** What the submitter does with an open submission: withdraw it, ask for another check, reply. */

import { nextSubmissionState } from "@/lib/extension/states/submission";
import { may } from "@/lib/identity/permissions";
import { actorUserId } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { refuseFurtherCheck } from "@/lib/marketplace/account-limits";
import { CHECK_SUBMISSION } from "@/lib/marketplace/jobs";
import { appendSubmissionEvent } from "@/lib/marketplace/rows/submission-event";
import { type LockedSubmission, lockSubmission } from "@/lib/marketplace/rows/submission-row";
import { type SubmissionView, viewSubmission } from "@/lib/marketplace/submissions/submission-view";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

export async function withdrawSubmission(
  ctx: Context,
  input: { id: string; reason?: string | undefined },
): Promise<SubmissionView> {
  return transact(ctx.db, async (tx) => {
    const { submission } = await lockOwn(tx, ctx, input.id);
    const state = nextSubmissionState(submission.state, "withdraw");
    await tx.submission.update({ where: { id: submission.id }, data: { state, decidedAt: ctx.clock.now() } });
    await appendSubmissionEvent(tx, ctx, submission.id, "withdrawn", input.reason);
    await auditMove(tx, ctx, submission, "submission.withdraw", state, input.reason);
    return viewSubmission(tx, ctx.actor, submission.id);
  });
}

/** Queues another check now; deciders can request it too. Then it can use stored registry credentials. */
export async function recheckSubmission(ctx: Context, input: { id: string }): Promise<SubmissionView> {
  return transact(ctx.db, async (tx) => {
    const { submission } = await lockSubmission(tx, ctx, input.id);
    await refuseFurtherCheck(tx, ctx, submission.submitterId);
    const useCredentials = may(ctx.actor, "submission.readAll");
    await sendToCheck(tx, ctx, submission, { event: "check_again", useCredentials });
    await appendSubmissionEvent(tx, ctx, submission.id, "check_requested");
    await auditMove(tx, ctx, submission, "submission.check", "checking");
    return viewSubmission(tx, ctx.actor, submission.id);
  });
}

/** Replies to the reviewer and checks the image again, since the reply is usually "fixed". */
export async function replyToSubmission(
  ctx: Context,
  input: { id: string; message: string },
): Promise<SubmissionView> {
  return transact(ctx.db, async (tx) => {
    const { submission } = await lockOwn(tx, ctx, input.id);
    await refuseFurtherCheck(tx, ctx, submission.submitterId);
    await sendToCheck(tx, ctx, submission, { event: "reply", useCredentials: false });
    await appendSubmissionEvent(tx, ctx, submission.id, "replied", input.message);
    await auditMove(tx, ctx, submission, "submission.reply", "checking", input.message);
    return viewSubmission(tx, ctx.actor, submission.id);
  });
}

async function sendToCheck(
  tx: Tx,
  ctx: Context,
  submission: LockedSubmission["submission"],
  { event, useCredentials }: { event: "check_again" | "reply"; useCredentials: boolean },
) {
  const state = nextSubmissionState(submission.state, event);
  await tx.submission.update({ where: { id: submission.id }, data: { state, attempts: 0, useCredentials } });
  const { id: submissionId, extensionId } = submission;
  await ctx.queue.send(tx, CHECK_SUBMISSION, submissionId, { submissionId, extensionId });
}

async function lockOwn(tx: Tx, ctx: Context, id: string): Promise<LockedSubmission> {
  const locked = await lockSubmission(tx, ctx, id);
  if (actorUserId(ctx.actor) === locked.submission.submitterId) return locked;
  throw new AppError("forbidden", "Only the submitter can do this.", {
    suggestion: "Decide on it instead, or ask the submitter.",
  });
}

async function auditMove(
  tx: Tx,
  ctx: Context,
  submission: LockedSubmission["submission"],
  action: string,
  state: string,
  reason?: string,
): Promise<void> {
  await appendAudit(tx, ctx, {
    action,
    subject: { kind: "submission", id: submission.id },
    before: { state: submission.state },
    after: { state },
    reason,
  });
}
