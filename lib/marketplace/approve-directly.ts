import { nextSubmissionState } from "@/lib/extension/states/submission";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { touchCatalog } from "@/lib/marketplace/catalog-change";
import { inspectedCandidate } from "@/lib/marketplace/decide";
import { recordDecision } from "@/lib/marketplace/decision-row";
import { approveEntry } from "@/lib/marketplace/entry-approval";
import { nameOf } from "@/lib/marketplace/extension-name";
import { appendSubmissionEvent } from "@/lib/marketplace/submission-event";
import type { DirectAddition } from "@/lib/marketplace/submit";
import { readTrackRequest } from "@/lib/marketplace/track-request";
import type { Tx } from "@/lib/platform/db/database";
import type { Extension, Prisma } from "@/lib/platform/prisma/client";

/** The admin decided when adding; the check has now seen what it is. */
export async function approveDirectly(
  tx: Tx,
  ctx: Context,
  submissionId: string,
  extension: Extension,
): Promise<void> {
  const submission = await tx.submission.findUniqueOrThrow({
    where: { id: submissionId },
    include: { submitter: true },
  });
  const direct = storedDirect(submission.direct);
  const candidate = await inspectedCandidate(tx, submission);
  await approveEntry(tx, ctx, extension, {
    candidate,
    track: readTrackRequest(direct.track, candidate),
    expiresAt: direct.expiresAt === null ? null : new Date(direct.expiresAt),
    reason: direct.reason,
  });
  const state = nextSubmissionState(submission.state, "approve");
  await tx.submission.update({ where: { id: submissionId }, data: { state, decidedAt: ctx.clock.now() } });
  await touchCatalog(tx, ctx, extension.id, "add");
  await recordDecision(tx, ctx, {
    extensionId: extension.id,
    submissionId,
    kind: "entry.add",
    reason: direct.reason,
    tag: candidate.tag,
    digest: candidate.digest,
    by: submission.submitter,
  });
  await appendSubmissionEvent(tx, ctx, submissionId, "approved", direct.reason);
  await appendAudit(tx, ctx, {
    action: "entry.added",
    subject: { kind: "extension", id: nameOf(extension) },
    after: { submissionId, addedBy: submission.submitterId, tag: candidate.tag, digest: candidate.digest },
    reason: direct.reason,
  });
}

/** `Submission.direct` is written by `openSubmission` alone. */
function storedDirect(value: Prisma.JsonValue): DirectAddition {
  return value as unknown as DirectAddition;
}
