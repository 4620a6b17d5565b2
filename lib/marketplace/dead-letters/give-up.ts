/** Gives up jobs that keep crashing the process: dead letters, and the results that people see instead. */

import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { deadLetterSubject } from "@/lib/marketplace/dead-letters/dead-letter";
import type { StoredError } from "@/lib/marketplace/rows/json-columns";
import { closeScan, NO_PROGRESS } from "@/lib/marketplace/scans/close-scan";
import { beginScan } from "@/lib/marketplace/scans/open-scan";
import { recordSubmissionCheck } from "@/lib/marketplace/submissions/record-submission-check";
import { transact } from "@/lib/platform/db/transact";
import type { JobKind } from "@/lib/platform/jobs/job-kind";

const GAVE_UP: StoredError = {
  code: "internal",
  message: "Gantry stopped retrying because its process crashed each time.",
  suggestion: "An administrator can retry it under “Dead letters”.",
};

/** Puts the job on the dead-letter list, once; later jobs about the same subject change nothing there. */
export async function addDeadLetter<Data extends object>(
  ctx: Context,
  kind: JobKind<Data>,
  data: Data,
): Promise<void> {
  const about = { kind: kind.name, subject: kind.subject(data) };
  await transact(ctx.db, async (tx) => {
    const { count } = await tx.jobCrash.updateMany({
      where: { ...about, deadSince: null },
      data: { deadSince: ctx.clock.now() },
    });
    if (count === 0) return;
    const { id, crashes } = await tx.jobCrash.findUniqueOrThrow({ where: { kind_subject: about } });
    await appendMessage(tx, { kind: "job.dead", payload: { deadLetterId: id, ...about } });
    await appendAudit(tx, ctx, {
      action: "job.giveUp",
      subject: await deadLetterSubject(tx, about),
      after: { kind: about.kind, crashes },
      reason: GAVE_UP.message,
    });
  });
}

/** The submitter sees that the check failed because of Gantry and is not retried automatically. */
export async function giveUpCheck(ctx: Context, input: { submissionId: string }): Promise<void> {
  const outcome = { kind: "failed", error: GAVE_UP, retryAfterSeconds: undefined } as const;
  await recordSubmissionCheck(ctx, { ...input, outcome });
}

/** The extension shows a failed scan. Later scans fail the same way until an admin retries the job. */
export async function giveUpScan(
  ctx: Context,
  input: { scanId: string; intervalSeconds: number },
): Promise<void> {
  const scan = await beginScan(ctx, input);
  if (!scan) return;
  const result = { ...NO_PROGRESS, requests: 0, bytes: 0, event: "fail", error: GAVE_UP } as const;
  const nextScanAt = new Date(ctx.clock.now().getTime() + input.intervalSeconds * 1000);
  await closeScan(ctx, { scan, result, nextScanAt });
}
