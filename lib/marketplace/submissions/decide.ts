import { nextSubmissionState } from "@/lib/extension/states/submission";
import { authorize } from "@/lib/identity/permissions";
import { actorRole } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import type { Approval } from "@/lib/marketplace/entries/entry-approval";
import { readTrackRequest, type TrackRequest } from "@/lib/marketplace/entries/track-request";
import { recordDecision } from "@/lib/marketplace/rows/decision-row";
import { nameOf } from "@/lib/marketplace/rows/extension-row";
import { ownRefusal, refuseOwn } from "@/lib/marketplace/rows/own-submission";
import { appendSubmissionEvent } from "@/lib/marketplace/rows/submission-event";
import { type LockedSubmission, lockSubmission } from "@/lib/marketplace/rows/submission-row";
import { approve, NOTICE_DELAY_MS } from "@/lib/marketplace/submissions/approve";
import { inspectedCandidate } from "@/lib/marketplace/submissions/inspected-candidate";
import { type SubmissionView, viewSubmission } from "@/lib/marketplace/submissions/submission-view";
import type { Tx } from "@/lib/platform/db/database";
import { isRowId } from "@/lib/platform/db/row-id";
import { read, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import { Prisma, type Submission } from "@/lib/platform/prisma/client";

export type DecisionInput = {
  id: string;
  decision: "approve" | "request_changes" | "decline";
  reason?: string | undefined;
  /** the digest that the decider reviewed; needed to approve. */
  expectedDigest?: string | undefined;
  track?: TrackRequest | undefined;
  expiresAt?: Date | undefined;
};

/**
 * Decides a submission. An approval adds the extension to the allow-list, with the candidate's capabilities as envelope.
 * Throws `digest_moved`, and changes nothing, when the candidate is not the digest that the reviewer saw.
 */
export async function decide(ctx: Context, input: DecisionInput): Promise<SubmissionView> {
  return transact(ctx.db, async (tx) => {
    authorize(ctx.actor, "submission.decide");
    const locked = await lockSubmission(tx, ctx, input.id);
    const { submission, extension } = locked;
    const ownSubmission = await refuseOwn(tx, ctx, extension.id);
    nextSubmissionState(submission.state, input.decision);
    refuseMoved(submission, input);
    if (input.decision === "approve") {
      const approval = await readApproval(tx, ctx, submission, input);
      await approve(tx, ctx, { ...locked, approval, ownSubmission });
    } else await reject(tx, ctx, locked, { ...input, decision: input.decision }, ownSubmission);
    return viewSubmission(tx, ctx.actor, submission.id);
  });
}

type Rejection = DecisionInput & { decision: "request_changes" | "decline" };

const REJECTED = { request_changes: "changes_requested", decline: "declined" } as const;

/** Sends the submission back to the publisher, or closes it. */
async function reject(
  tx: Tx,
  ctx: Context,
  { submission, extension }: LockedSubmission,
  input: Rejection,
  ownSubmission: boolean,
): Promise<void> {
  const { decision } = input;
  const reason = requireReason(input);
  const state = nextSubmissionState(submission.state, decision);
  const { candidateTag: tag, candidateDigest: digest } = submission;
  const now = ctx.clock.now();
  await tx.submission.update({
    where: { id: submission.id },
    // A submission that waits for credentials has an error, which the decision answers.
    data: { state, error: Prisma.DbNull, ...(decision === "decline" ? { decidedAt: now } : {}) },
  });
  await recordDecision(tx, ctx, {
    extensionId: extension.id,
    submissionId: submission.id,
    kind: `submission.${decision}`,
    reason,
    tag,
    digest,
  });
  await appendSubmissionEvent(tx, ctx, submission.id, REJECTED[decision], reason);
  await appendMessage(tx, {
    kind: `submission.${REJECTED[decision]}`,
    payload: { submissionId: submission.id, repository: extension.repository, reason },
    notBefore: new Date(now.getTime() + NOTICE_DELAY_MS),
  });
  await appendAudit(tx, ctx, {
    action: `submission.${decision}`,
    subject: { kind: "submission", id: submission.id },
    before: { state: submission.state },
    after: { state, repository: nameOf(extension), tag, digest, ownSubmission },
    reason,
  });
}

/** The error that `decide` would throw for this actor, for pages that say so in advance. */
export async function readDecisionRefusal(
  ctx: Context,
  input: { id: string },
): Promise<AppError | undefined> {
  authorize(ctx.actor, "submission.decide");
  return read(async () => {
    const found = isRowId(input.id)
      ? await ctx.db.prisma.submission.findUnique({ where: { id: input.id } })
      : null;
    return found ? ownRefusal(ctx.db.prisma, ctx, found.extensionId) : undefined;
  });
}

function requireReason({ reason }: DecisionInput): string {
  if (reason) return reason;
  throw new AppError(
    "invalid_input",
    "This decision requires a reason that tells the publisher what to do.",
    {
      suggestion: "Enter what is missing, or why you reject the submission.",
      apiHint: 'Send "reason" with what is missing, or why you reject the submission.',
      details: { field: "reason" },
    },
  );
}

function refuseMoved(submission: Submission, input: DecisionInput): void {
  if (input.decision === "approve" && input.expectedDigest === undefined) {
    throw new AppError("invalid_input", "An approval must include the digest that you reviewed.", {
      suggestion: "Reload the page, review the version again, and approve it there.",
      apiHint: 'Send "expectedDigest" with the digest of the candidate.',
    });
  }
  if (input.expectedDigest === undefined || input.expectedDigest === submission.candidateDigest) return;
  throw new AppError(
    "digest_moved",
    `The candidate is now ${submission.candidateDigest ?? "none"}, not ${input.expectedDigest}.`,
    {
      suggestion: "Read the submission again, then decide on its current candidate.",
      details: { candidate: submission.candidateTag, digest: submission.candidateDigest },
    },
  );
}

async function readApproval(
  tx: Tx,
  ctx: Context,
  submission: Submission,
  input: DecisionInput,
): Promise<Approval> {
  const candidate = await inspectedCandidate(tx, submission);
  const track = readTrackRequest(input.track ?? {}, candidate);
  if (input.expiresAt && input.expiresAt <= ctx.clock.now()) {
    throw new AppError("invalid_input", "The expiry is in the past.", {
      suggestion: "Choose a later time, or no expiry.",
      details: { field: "expiresAt" },
    });
  }
  return {
    candidate,
    track,
    expiresAt: input.expiresAt ?? null,
    reason: input.reason,
    role: actorRole(ctx.actor),
  };
}
