/** Approves a submission, by a reviewer's decision or as a direct addition: entry, first version, history and message. */

import { nextSubmissionState } from "@/lib/extension/states/submission";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { type Approval, approveEntry } from "@/lib/marketplace/entries/entry-approval";
import { publishChange } from "@/lib/marketplace/publishing/catalog-change";
import { recordDecision } from "@/lib/marketplace/rows/decision-row";
import { nameOf } from "@/lib/marketplace/rows/extension-row";
import { appendSubmissionEvent } from "@/lib/marketplace/rows/submission-event";
import type { Tx } from "@/lib/platform/db/database";
import type { Extension, Submission } from "@/lib/platform/prisma/client";

/** Delay of notices about decisions, within which most mistakes are noticed. */
export const NOTICE_DELAY_MS = 30_000;

export type ApprovedSubmission = {
  submission: Submission;
  extension: Extension;
  approval: Approval;
  /** The actor submitted the extension and is alone on the instance. */
  ownSubmission: boolean;
  /** Who decided, when a job carries out a direct addition. */
  by?: { id: string; name: string } | undefined;
};

/** The extension is locked. Ends with the audit row. */
export async function approve(
  tx: Tx,
  ctx: Context,
  { submission, extension, approval, ownSubmission, by }: ApprovedSubmission,
): Promise<void> {
  const { candidate, reason } = approval;
  const now = ctx.clock.now();
  const state = nextSubmissionState(submission.state, "approve");
  const { heldTags } = await approveEntry(tx, ctx, extension, approval);
  await tx.submission.update({ where: { id: submission.id }, data: { state, decidedAt: now } });
  await publishChange(tx, ctx, extension.id, by ? "add" : "approve");
  await recordDecision(tx, ctx, {
    extensionId: extension.id,
    submissionId: submission.id,
    kind: by ? "entry.add" : "submission.approve",
    reason,
    tag: candidate.tag,
    digest: candidate.digest,
    ...(by ? { by } : {}),
  });
  await appendSubmissionEvent(tx, ctx, submission.id, "approved", reason);
  await appendMessage(tx, {
    kind: "submission.approved",
    payload: { submissionId: submission.id, repository: extension.repository, reason: reason ?? null },
    notBefore: new Date(now.getTime() + NOTICE_DELAY_MS),
  });
  await appendAudit(tx, ctx, {
    action: by ? "entry.added" : "submission.approve",
    subject: by ? { kind: "extension", id: nameOf(extension) } : { kind: "submission", id: submission.id },
    before: { state: submission.state },
    after: {
      state,
      submissionId: submission.id,
      repository: nameOf(extension),
      tag: candidate.tag,
      digest: candidate.digest,
      ownSubmission,
      heldTags,
      ...(by ? { addedBy: by.id } : {}),
    },
    reason,
  });
}
