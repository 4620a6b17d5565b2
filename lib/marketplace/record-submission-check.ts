/** The end of a submission's check: into the queue, back to the publisher, or once more later. */

import type { BlockingTag } from "@/lib/extension/blocking-version";
import { blockingFindings } from "@/lib/extension/policy";
import { releaseFindings } from "@/lib/extension/release-findings";
import { nextSubmissionState, type SubmissionEvent } from "@/lib/extension/states/submission";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { approveDirectly } from "@/lib/marketplace/approve-directly";
import { listDesktopReleases } from "@/lib/marketplace/desktop-releases";
import { lockExtension } from "@/lib/marketplace/extension-row";
import { highTagFindings, recordHighTag } from "@/lib/marketplace/high-tag";
import { type Inspected, storeInspection } from "@/lib/marketplace/inspection-row";
import { CHECK_SUBMISSION } from "@/lib/marketplace/jobs";
import { similarVendorFindings } from "@/lib/marketplace/similar-vendors";
import { type StoredError, toJson } from "@/lib/marketplace/stored";
import { readPolicy } from "@/lib/marketplace/stored-policy";
import { appendSubmissionEvent } from "@/lib/marketplace/submission-event";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { type Extension, Prisma, type Submission } from "@/lib/platform/prisma/client";

export type SkippedTagNote = { tag: string; reason: string; message: string };

export type CheckOutcome =
  /** The candidate was looked at; its findings decide. */
  | {
      kind: "inspected";
      tag: string;
      inspected: Inspected;
      skippedTags: SkippedTagNote[];
      /** What hides the other versions; null: nothing does. Undefined: not all tags could be listed. */
      highTag: BlockingTag | null | undefined;
    }
  /** The publisher has to act before there is anything to look at. */
  | { kind: "rejected"; error: StoredError; skippedTags: SkippedTagNote[] }
  /** The registry, the network or Gantry failed; tried again after this many seconds. */
  | { kind: "failed"; error: StoredError; retryAfterSeconds: number };

/** Does nothing when the submission is no longer being checked (withdrawn meanwhile, or checked by another worker). */
export async function recordSubmissionCheck(
  ctx: Context,
  input: { submissionId: string; outcome: CheckOutcome },
): Promise<void> {
  await transact(ctx.db, async (tx) => {
    const found = await tx.submission.findUnique({
      where: { id: input.submissionId },
      select: { extensionId: true },
    });
    if (!found) return;
    const extension = await lockExtension(tx, found.extensionId);
    const submission = await tx.submission.findUniqueOrThrow({ where: { id: input.submissionId } });
    if (submission.state !== "checking" && submission.state !== "errored") return;
    switch (input.outcome.kind) {
      case "inspected":
        return recordInspected(tx, ctx, submission, extension, input.outcome);
      case "rejected":
        return recordRejected(tx, ctx, submission, input.outcome);
      case "failed":
        return recordFailed(tx, ctx, submission, input.outcome);
    }
  });
}

async function recordInspected(
  tx: Tx,
  ctx: Context,
  submission: Submission,
  extension: Extension,
  outcome: Extract<CheckOutcome, { kind: "inspected" }>,
): Promise<void> {
  const inspection = await storeInspection(tx, ctx, extension.id, outcome.inspected);
  const { report } = outcome.inspected;
  const policy = await readPolicy(tx);
  const releases = await listDesktopReleases(tx);
  const { highTag } = outcome;
  const high = highTag === undefined ? extension : await recordHighTag(tx, extension, highTag);
  const today = [
    ...highTagFindings(high),
    ...releaseFindings(report.requirements, releases, policy.bareApiVersion),
    ...(await similarVendorFindings(tx, report.repository, report.labels.vendor)),
  ];
  const blocking = blockingFindings([...report.findings, ...today], policy);
  // What only needs a person goes to one: the queue is where they look.
  const errors = blocking.filter(({ severity }) => severity === "error");
  const passes = report.state === "inspected" && errors.length === 0;
  const candidate = {
    candidateTag: outcome.tag,
    candidateDigest: report.digest,
    inspectionId: inspection.id,
    skippedTags: toJson(outcome.skippedTags),
    error: Prisma.DbNull,
    attempts: 0,
  };
  const message = passes
    ? `${outcome.tag} passed the check.`
    : `${outcome.tag} has ${errors.length === 1 ? "a finding" : `${errors.length} findings`} to fix first.`;
  await move(tx, ctx, submission, passes ? "inspected_ok" : "inspected_with_errors", candidate, message);
  if (passes && blocking.length === 0 && submission.direct)
    await approveDirectly(tx, ctx, submission.id, extension);
}

async function recordRejected(
  tx: Tx,
  ctx: Context,
  submission: Submission,
  outcome: Extract<CheckOutcome, { kind: "rejected" }>,
): Promise<void> {
  const data = {
    candidateTag: null,
    candidateDigest: null,
    inspectionId: null,
    skippedTags: toJson(outcome.skippedTags),
    error: toJson(outcome.error),
    attempts: 0,
  };
  await move(tx, ctx, submission, "inspected_with_errors", data, outcome.error.message);
}

/** Waits longer from one failure to the next, up to an hour; the publisher sees what was tried. */
async function recordFailed(
  tx: Tx,
  ctx: Context,
  submission: Submission,
  outcome: Extract<CheckOutcome, { kind: "failed" }>,
): Promise<void> {
  const retryAt = new Date(ctx.clock.now().getTime() + outcome.retryAfterSeconds * 1000).toISOString();
  const data = { error: toJson({ ...outcome.error, retryAt }), attempts: submission.attempts + 1 };
  // A key of its own: a retry that waits must not keep "check again" from being done at once.
  const key = `${submission.id}/retry-${submission.attempts + 1}`;
  await ctx.queue.send(
    tx,
    CHECK_SUBMISSION,
    key,
    { submissionId: submission.id },
    { startAfterSeconds: outcome.retryAfterSeconds },
  );
  if (submission.state === "errored") {
    await tx.submission.update({ where: { id: submission.id }, data });
    return;
  }
  await move(tx, ctx, submission, "inspection_failed", data, outcome.error.message);
}

async function move(
  tx: Tx,
  ctx: Context,
  submission: Submission,
  event: SubmissionEvent,
  data: Prisma.SubmissionUncheckedUpdateInput,
  message: string,
): Promise<void> {
  const state = nextSubmissionState(checkingAgain(submission.state), event);
  const queued = state === "in_review" ? { queuedAt: ctx.clock.now() } : {};
  await tx.submission.update({ where: { id: submission.id }, data: { ...data, ...queued, state } });
  await appendSubmissionEvent(
    tx,
    ctx,
    submission.id,
    state === "errored" ? "check_failed" : "checked",
    message,
  );
  await appendMessage(tx, { kind: `submission.${state}`, payload: { submissionId: submission.id } });
  await appendAudit(tx, ctx, {
    action: "submission.checked",
    subject: { kind: "submission", id: submission.id },
    before: { state: submission.state },
    after: { state, tag: data.candidateTag ?? null, digest: data.candidateDigest ?? null },
    reason: message,
  });
}

/** A failed check that is tried again is a check again. */
function checkingAgain(state: Submission["state"]): Submission["state"] {
  return state === "errored" ? nextSubmissionState(state, "check_again") : state;
}
