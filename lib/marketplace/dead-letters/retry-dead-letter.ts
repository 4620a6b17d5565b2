import { nextSubmissionState } from "@/lib/extension/states/submission";
import { authorize } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { deadLetterKind, deadLetterSubject } from "@/lib/marketplace/dead-letters/dead-letter";
import { CHECK_MEDIA, CHECK_SUBMISSION } from "@/lib/marketplace/jobs";
import { lockExtension } from "@/lib/marketplace/rows/extension-row";
import { appendSubmissionEvent } from "@/lib/marketplace/rows/submission-event";
import { queueScan } from "@/lib/marketplace/scans/scan-row";
import type { Tx } from "@/lib/platform/db/database";
import { isRowId } from "@/lib/platform/db/row-id";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import { RETRIED } from "@/lib/platform/jobs/crash-rules";

/**
 * Removes the job from the dead-letter list and runs it again, alone. When its result is no longer needed (the extension
 * was revoked, the submission withdrawn), the job is only removed.
 */
export async function retryDeadLetter(ctx: Context, input: { id: string }): Promise<void> {
  await transact(ctx.db, async (tx) => {
    authorize(ctx.actor, "job.manage");
    const found = isRowId(input.id) ? await tx.jobCrash.findUnique({ where: { id: input.id } }) : null;
    if (!found) throw noSuchDeadLetter();
    const { count } = await tx.jobCrash.updateMany({
      where: { id: found.id, deadSince: { not: null } },
      data: RETRIED,
    });
    if (count === 0) throw noSuchDeadLetter();
    await send(tx, ctx, found);
    await appendAudit(tx, ctx, {
      action: "job.retry",
      subject: await deadLetterSubject(tx, found),
      before: { kind: found.kind, crashes: found.crashes },
    });
  });
}

async function send(tx: Tx, ctx: Context, { kind, subject }: { kind: string; subject: string }) {
  if (!isRowId(subject) || (await tx.extension.count({ where: { id: subject } })) === 0) return;
  const extension = await lockExtension(tx, subject);
  switch (deadLetterKind(kind)) {
    case "check":
      return checkAgain(tx, ctx, extension.id);
    case "scan":
      if (await isOnAllowList(tx, extension.id)) await queueScan(tx, ctx, extension.id, "request");
      return;
    case "media":
      return ctx.queue.send(tx, CHECK_MEDIA, extension.id, { extensionId: extension.id });
    case "reinspection":
      // The schedule sends them again.
      await tx.inspection.updateMany({ where: { extensionId: extension.id }, data: { reinspectAt: null } });
      return;
    case undefined:
      return;
  }
}

async function checkAgain(tx: Tx, ctx: Context, extensionId: string): Promise<void> {
  const waiting = await tx.submission.findMany({
    where: { extensionId, state: { in: ["checking", "errored"] } },
  });
  for (const { id: submissionId, state } of waiting) {
    const again = { state: nextSubmissionState(state, "check_again"), attempts: 0 };
    await tx.submission.update({ where: { id: submissionId }, data: again });
    await appendSubmissionEvent(tx, ctx, submissionId, "check_requested");
    await ctx.queue.send(tx, CHECK_SUBMISSION, submissionId, { submissionId, extensionId });
  }
}

async function isOnAllowList(tx: Tx, extensionId: string): Promise<boolean> {
  const entry = await tx.entry.findUnique({ where: { extensionId }, select: { state: true } });
  return entry !== null && entry.state !== "revoked";
}

function noSuchDeadLetter(): AppError {
  return new AppError("not_found", "Dead letter not found.", {
    suggestion: "Someone may have retried it already. Reload the page.",
    apiHint: "Someone may have retried it already. GET /api/v1/dead-letters lists the remaining ones.",
  });
}
