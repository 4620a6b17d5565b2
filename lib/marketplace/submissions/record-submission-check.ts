/** The end of a submission's check: into the review queue, back to the publisher, or a retry later. */

import { currentFindings } from "@/lib/extension/policy/current-findings";
import { blockingFindings } from "@/lib/extension/policy/policy";
import { findingsAboutTag, type TagListFacts } from "@/lib/extension/reference/tag-list-facts";
import { nextSubmissionState, type SubmissionEvent } from "@/lib/extension/states/submission";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage, type MessageKind } from "@/lib/journal/outbox";
import { blockedImageFindings } from "@/lib/marketplace/blocks/blocked-image-findings";
import { type Inspected, storeInspection } from "@/lib/marketplace/inspections/inspection-row";
import { recordTagListFacts, storedTagListFacts } from "@/lib/marketplace/inspections/tag-list-columns";
import { CHECK_SUBMISSION } from "@/lib/marketplace/jobs";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { lockExtension } from "@/lib/marketplace/rows/extension-row";
import { type StoredError, toJson } from "@/lib/marketplace/rows/json-columns";
import type { SkippedTagNote } from "@/lib/marketplace/rows/observed-tag";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { appendSubmissionEvent } from "@/lib/marketplace/rows/submission-event";
import { approve } from "@/lib/marketplace/submissions/approve";
import {
  type AdditionVerdict,
  additionApproval,
  type DirectAddition,
  judgeAddition,
  storedAddition,
} from "@/lib/marketplace/submissions/direct-addition";
import { inspectedCandidate } from "@/lib/marketplace/submissions/inspected-candidate";
import {
  compareVendors,
  similarVendorFindings,
  type VendorComparison,
} from "@/lib/marketplace/submissions/similar-vendors";
import type { Tx } from "@/lib/platform/db/database";
import { read, transact } from "@/lib/platform/db/transact";
import { type Extension, Prisma, type Submission } from "@/lib/platform/prisma/client";

/** `isPrivate`: read with stored registry credentials, so only people with a reviewing role see the result. */
export type CheckOutcome = Finished & { isPrivate?: boolean };

type Finished =
  /** The candidate was inspected; its findings decide. */
  | {
      kind: "inspected";
      tag: string;
      inspected: Inspected;
      skippedTags: SkippedTagNote[];
      /** The version that shadows the others; null: none does. Undefined: the tag list was incomplete. */
      tagList: TagListFacts | undefined;
    }
  /** The publisher has to act before anything can be inspected. */
  | { kind: "rejected"; error: StoredError; skippedTags: SkippedTagNote[] }
  /** Only stored registry credentials can read the repository, and a reviewer decides whether to use them. */
  | { kind: "private"; error: StoredError }
  /** The registry, the network or Gantry failed. Retried after this many seconds; undefined: not until someone asks. */
  | { kind: "failed"; error: StoredError; retryAfterSeconds: number | undefined };

/** Does nothing when the submission is no longer being checked (withdrawn meanwhile, or checked by another worker). */
export async function recordSubmissionCheck(
  ctx: Context,
  input: { submissionId: string; outcome: CheckOutcome },
): Promise<void> {
  const { outcome } = input;
  const vendors = await read(() => compareVendors(ctx.db.prisma, claimIn(outcome)));
  await transact(ctx.db, async (tx) => {
    const found = await tx.submission.findUnique({
      where: { id: input.submissionId },
      select: { extensionId: true },
    });
    if (!found) return;
    const extension = await lockExtension(tx, found.extensionId);
    const submission = await tx.submission.findUniqueOrThrow({ where: { id: input.submissionId } });
    if (submission.state !== "checking" && submission.state !== "errored") return;
    switch (outcome.kind) {
      case "inspected":
        return recordInspected(tx, ctx, { submission, extension, vendors, outcome });
      case "rejected":
        return recordRejected(tx, ctx, submission, outcome);
      case "private":
        return recordPrivate(tx, ctx, submission, outcome);
      case "failed":
        return recordFailed(tx, ctx, submission, outcome);
    }
  });
}

function claimIn(outcome: CheckOutcome) {
  if (outcome.kind !== "inspected") return { repository: "", vendor: null };
  const { repository, labels } = outcome.inspected.report;
  return { repository, vendor: labels.vendor };
}

type InspectedCheck = {
  submission: Submission;
  extension: Extension;
  vendors: VendorComparison;
  outcome: Extract<CheckOutcome, { kind: "inspected" }>;
};

async function recordInspected(
  tx: Tx,
  ctx: Context,
  { submission, extension, vendors, outcome }: InspectedCheck,
): Promise<void> {
  const inspection = await storeInspection(tx, ctx, extension, outcome.inspected);
  const { report } = outcome.inspected;
  const policy = await readPolicy(tx);
  const releases = await listDesktopReleases(tx);
  const facts = outcome.tagList ?? storedTagListFacts(extension);
  await recordTagListFacts(tx, extension, facts);
  const findings = [
    ...currentFindings(report, {
      tag: outcome.tag,
      aboutTags: findingsAboutTag(outcome.tag, facts),
      releases,
      policy,
    }),
    ...(await similarVendorFindings(tx, claimIn(outcome), vendors)),
    ...(await blockedImageFindings(tx, report)),
  ];
  const blocking = blockingFindings(findings, policy);
  // Findings that only require a review do not fail the check: the reviewer sees them in the queue.
  const errors = blocking.filter(({ severity }) => severity === "error");
  const passes = report.state === "inspected" && errors.length === 0;
  const candidate = {
    candidateTag: outcome.tag,
    candidateDigest: report.digest,
    inspectionId: inspection.id,
    skippedTags: toJson(outcome.skippedTags),
    error: Prisma.DbNull,
    attempts: 0,
    isPrivate: outcome.isPrivate ?? false,
  };
  const direct = passes ? storedAddition(submission.direct) : undefined;
  const addition =
    direct && (await judgeAddition(tx, ctx, { submission, tag: outcome.tag, report, needPerson: blocking }));
  const message = passes ? passedWords(outcome.tag, addition) : errorWords(outcome.tag, errors.length);
  const event = passes ? "inspected_ok" : "inspected_with_errors";
  await move(tx, ctx, submission, { event, data: candidate, message, silent: addition?.kind === "approve" });
  if (direct && addition?.kind === "approve")
    await approveAddition(tx, ctx, { submission, extension, direct, by: addition.by });
}

function passedWords(tag: string, addition: AdditionVerdict | undefined): string {
  const passed = `${tag} passed the check.`;
  return addition?.kind === "review" ? `${passed} A reviewer must decide: ${addition.why}` : passed;
}

function errorWords(tag: string, errors: number): string {
  return `${tag} has ${errors === 1 ? "a finding" : `${errors} findings`} to fix first.`;
}

type Adding = {
  submission: Submission;
  extension: Extension;
  direct: DirectAddition;
  by: Extract<AdditionVerdict, { kind: "approve" }>["by"];
};

/** The admin decided when adding; the check has now seen what it is. */
async function approveAddition(tx: Tx, ctx: Context, { extension, direct, by, ...adding }: Adding) {
  const submission = await tx.submission.findUniqueOrThrow({ where: { id: adding.submission.id } });
  const candidate = await inspectedCandidate(tx, submission);
  const approval = additionApproval(direct, candidate, by.role);
  await approve(tx, ctx, { submission, extension, approval, ownSubmission: false, by });
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
    isPrivate: outcome.isPrivate ?? false,
  };
  const { message } = outcome.error;
  await move(tx, ctx, submission, { event: "inspected_with_errors", data, message });
}

/** Waits for a reviewer without a candidate. */
async function recordPrivate(
  tx: Tx,
  ctx: Context,
  submission: Submission,
  { error }: Extract<CheckOutcome, { kind: "private" }>,
): Promise<void> {
  const none = { candidateTag: null, candidateDigest: null, inspectionId: null, skippedTags: toJson([]) };
  const data = { ...none, error: toJson(error), attempts: 0, isPrivate: false };
  await move(tx, ctx, submission, { event: "needs_credentials", data, message: error.message });
}

/** Schedules a retry with exponential back-off, up to an hour; the publisher sees the attempts. */
async function recordFailed(
  tx: Tx,
  ctx: Context,
  submission: Submission,
  outcome: Extract<CheckOutcome, { kind: "failed" }>,
): Promise<void> {
  const retry = await sendRetry(tx, ctx, submission, outcome.retryAfterSeconds);
  const data = {
    error: toJson({ ...outcome.error, ...retry }),
    attempts: submission.attempts + 1,
    ...(outcome.isPrivate ? { isPrivate: true } : {}),
  };
  if (submission.state === "errored") {
    await tx.submission.update({ where: { id: submission.id }, data });
    return;
  }
  const { message } = outcome.error;
  await move(tx, ctx, submission, { event: "inspection_failed", data, message });
}

/** How a check ends, and the message that says so. */
const NOTICES = {
  inspected_ok: "submission.in_review",
  inspected_with_errors: "submission.needs_changes",
  needs_credentials: "submission.in_review",
  inspection_failed: "submission.errored",
} as const satisfies Partial<Record<SubmissionEvent, MessageKind>>;

type Move = {
  event: keyof typeof NOTICES;
  data: Prisma.SubmissionUncheckedUpdateInput;
  message: string;
  /** Sends no message: the next step in this transaction sends one. */
  silent?: boolean;
};

async function sendRetry(
  tx: Tx,
  ctx: Context,
  { id: submissionId, extensionId, attempts }: Submission,
  startAfterSeconds: number | undefined,
): Promise<{ retryAt?: string }> {
  if (startAfterSeconds === undefined) return {};
  // A key of its own, so that a queued retry does not delay "check again".
  const key = `${submissionId}/retry-${attempts + 1}`;
  await ctx.queue.send(tx, CHECK_SUBMISSION, key, { submissionId, extensionId }, { startAfterSeconds });
  return { retryAt: new Date(ctx.clock.now().getTime() + startAfterSeconds * 1000).toISOString() };
}

async function move(
  tx: Tx,
  ctx: Context,
  submission: Submission,
  { event, data, message, silent = false }: Move,
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
  if (!silent) await appendMessage(tx, { kind: NOTICES[event], payload: { submissionId: submission.id } });
  await appendAudit(tx, ctx, {
    action: "submission.checked",
    subject: { kind: "submission", id: submission.id },
    before: { state: submission.state },
    after: { state, tag: data.candidateTag ?? null, digest: data.candidateDigest ?? null },
    reason: message,
  });
}

/** A retry of a failed check goes through the state "checking". */
function checkingAgain(state: Submission["state"]): Submission["state"] {
  return state === "errored" ? nextSubmissionState(state, "check_again") : state;
}
