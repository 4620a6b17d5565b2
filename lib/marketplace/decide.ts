import { nextSubmissionState } from "@/lib/extension/states/submission";
import type { Track } from "@/lib/extension/track";
import { authorise } from "@/lib/identity/permissions";
import { actorUserId } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { touchCatalog } from "@/lib/marketplace/catalog-change";
import { recordDecision } from "@/lib/marketplace/decision-row";
import { type Approval, approveEntry } from "@/lib/marketplace/entry-approval";
import { nameOf } from "@/lib/marketplace/extension-name";
import { readPolicy } from "@/lib/marketplace/stored-policy";
import { reportOf } from "@/lib/marketplace/stored-report";
import { appendSubmissionEvent } from "@/lib/marketplace/submission-event";
import { isUuid, lockSubmission } from "@/lib/marketplace/submission-row";
import { type SubmissionView, viewSubmission } from "@/lib/marketplace/submission-view";
import { readTrackRequest, type TrackRequest } from "@/lib/marketplace/track-request";
import type { Tx } from "@/lib/platform/db/database";
import { read, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Submission } from "@/lib/platform/prisma/client";

export type DecisionInput = {
  id: string;
  decision: "approve" | "request_changes" | "decline";
  reason?: string | undefined;
  /** The digest that the decider looked at; needed to approve. */
  expectedDigest?: string | undefined;
  track?: TrackRequest | undefined;
  expiresAt?: Date | undefined;
};

/** Notices of decisions wait this long, since a slip of the hand is noticed within it. */
const NOTICE_DELAY_MS = 30_000;

const EVENT_KINDS = {
  approve: "approved",
  request_changes: "changes_requested",
  decline: "declined",
} as const;

/**
 * One reviewer's answer to a submission. Approving puts the extension on the allow-list with what was seen as its
 * envelope. `digest_moved` when the candidate is no longer the digest that was looked at; nothing changes then.
 */
export async function decide(ctx: Context, input: DecisionInput): Promise<SubmissionView> {
  return transact(ctx.db, async (tx) => {
    authorise(ctx.actor, "submission.decide");
    const { submission, extension } = await lockSubmission(tx, ctx, input.id);
    const refusal = await ownSubmissionRefusal(tx, ctx, submission);
    if (refusal) throw refusal;
    const state = nextSubmissionState(submission.state, input.decision);
    if (input.decision !== "approve") requireReason(input);
    refuseMoved(submission, input);
    const now = ctx.clock.now();
    await tx.submission.update({
      where: { id: submission.id },
      data: { state, ...(input.decision === "request_changes" ? {} : { decidedAt: now }) },
    });
    if (input.decision === "approve") {
      const approval = await readApproval(tx, ctx, submission, input);
      await approveEntry(tx, ctx, extension, approval);
      await touchCatalog(tx, ctx, extension.id, "approve");
    }
    await recordDecision(tx, ctx, {
      extensionId: extension.id,
      submissionId: submission.id,
      kind: `submission.${input.decision}`,
      reason: input.reason,
      tag: submission.candidateTag,
      digest: submission.candidateDigest,
    });
    await appendSubmissionEvent(tx, ctx, submission.id, EVENT_KINDS[input.decision], input.reason);
    await appendMessage(tx, {
      kind: `submission.${EVENT_KINDS[input.decision]}`,
      payload: {
        submissionId: submission.id,
        repository: nameOf(extension),
        reason: input.reason ?? null,
      },
      notBefore: new Date(now.getTime() + NOTICE_DELAY_MS),
    });
    await appendAudit(tx, ctx, {
      action: `submission.${input.decision}`,
      subject: { kind: "submission", id: submission.id },
      before: { state: submission.state },
      after: {
        state,
        repository: nameOf(extension),
        tag: submission.candidateTag,
        digest: submission.candidateDigest,
        ownSubmission: actorUserId(ctx.actor) === submission.submitterId,
      },
      reason: input.reason,
    });
    return viewSubmission(tx, submission.id);
  });
}

/** What would keep this actor from deciding, for pages that want to say so before anybody tries. */
export async function readDecisionRefusal(
  ctx: Context,
  input: { id: string },
): Promise<AppError | undefined> {
  authorise(ctx.actor, "submission.decide");
  return read(async () => {
    const found = isUuid(input.id)
      ? await ctx.db.prisma.submission.findUnique({ where: { id: input.id } })
      : null;
    return found ? ownSubmissionRefusal(ctx.db.prisma, ctx, found) : undefined;
  });
}

/**
 * Nobody decides about their own submission while somebody else could, unless the policy allows it; alone on an
 * instance one has to. The audit row says that it was one's own.
 */
async function ownSubmissionRefusal(
  tx: Tx,
  ctx: Context,
  submission: Submission,
): Promise<AppError | undefined> {
  const userId = actorUserId(ctx.actor);
  if (userId !== submission.submitterId) return undefined;
  const others = await tx.user.count({
    where: { id: { not: userId }, role: { in: ["admin", "reviewer"] }, passwordHash: { not: null } },
  });
  if (others === 0 || (await readPolicy(tx)).ownDecisions === "always") return undefined;
  return new AppError(
    "own_submission",
    "You submitted this yourself, and somebody else here can decide about it.",
    {
      suggestion: "Ask another reviewer or admin.",
    },
  );
}

function requireReason(input: DecisionInput): void {
  if (input.reason) return;
  throw new AppError("invalid_input", "This decision needs a reason: the publisher has to know what to do.", {
    suggestion: 'Send "reason" with what is missing or why not.',
    details: { field: "reason" },
  });
}

function refuseMoved(submission: Submission, input: DecisionInput): void {
  if (input.decision === "approve" && input.expectedDigest === undefined) {
    throw new AppError("invalid_input", "An approval must name the digest that was looked at.", {
      suggestion: 'Send "expectedDigest" with the candidate\'s digest.',
    });
  }
  if (input.expectedDigest === undefined || input.expectedDigest === submission.candidateDigest) return;
  throw new AppError(
    "digest_moved",
    `The candidate is now ${submission.candidateDigest ?? "none"}, not ${input.expectedDigest}.`,
    {
      suggestion: "Read the submission again and decide about what it holds now.",
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
  const track: Track = readTrackRequest(input.track ?? {}, candidate);
  if (input.expiresAt && input.expiresAt <= ctx.clock.now()) {
    throw new AppError("invalid_input", "The expiry lies in the past.", {
      suggestion: "Choose a later instant, or none.",
      details: { field: "expiresAt" },
    });
  }
  return { candidate, track, expiresAt: input.expiresAt ?? null, reason: input.reason };
}

/** Only what was inspected, at this very digest, can be approved. */
export async function inspectedCandidate(tx: Tx, submission: Submission): Promise<Approval["candidate"]> {
  const inspection = submission.inspectionId
    ? await tx.inspection.findUnique({ where: { id: submission.inspectionId } })
    : null;
  const report = reportOf(inspection?.report ?? null);
  if (!inspection || !report || inspection.state !== "inspected" || !submission.candidateTag) {
    throw new AppError("not_inspected", "The candidate has not been inspected, so nobody can approve it.", {
      suggestion: "Wait for the check to end, or ask for another one.",
    });
  }
  return { tag: submission.candidateTag, digest: inspection.digest, inspectionId: inspection.id, report };
}
