/** Rate limits and quotas of one account: each of these requests leaves permanent rows and causes registry requests. */

import type { Actor } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { OPEN_SUBMISSION_STATES } from "@/lib/marketplace/rows/submission-row";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** Publishers on the left; reviewers, admins and Gantry itself on the right. */
const OPEN_SUBMISSIONS = { publisher: 50, other: 500 };
const SUBMISSIONS_PER_DAY = { publisher: 100, other: 1_000 };
/** Requested checks, and replies, which cause one. */
const CHECKS_PER_HOUR = { publisher: 60, other: 600 };

/** Throws `limit_exceeded` or `too_many_requests` when the account cannot open another submission. Its lock is held. */
export async function refuseFurtherSubmission(tx: Tx, ctx: Context, submitterId: string): Promise<void> {
  const openMax = limitOf(OPEN_SUBMISSIONS, ctx.actor);
  const open = await tx.submission.count({ where: { submitterId, state: { in: OPEN_SUBMISSION_STATES } } });
  if (open >= openMax) {
    throw new AppError("limit_exceeded", `You have ${open} open submissions, the maximum for an account.`, {
      suggestion: "Wait for decisions, or withdraw submissions that you no longer need.",
      details: { max: openMax },
    });
  }
  const dayMax = limitOf(SUBMISSIONS_PER_DAY, ctx.actor);
  const oldest = await tx.submission.findFirst({
    where: { submitterId, createdAt: { gt: before(ctx, DAY_MS) } },
    orderBy: { createdAt: "desc" },
    skip: dayMax - 1,
    select: { createdAt: true },
  });
  if (oldest) throw tooMany(`${dayMax} submissions per day`, ctx, oldest.createdAt, DAY_MS, dayMax);
}

/** Throws `too_many_requests` when the submissions of this account were checked too often on request. */
export async function refuseFurtherCheck(tx: Tx, ctx: Context, submitterId: string): Promise<void> {
  const max = limitOf(CHECKS_PER_HOUR, ctx.actor);
  const oldest = await tx.submissionEvent.findFirst({
    where: {
      submission: { submitterId },
      kind: { in: ["check_requested", "replied"] },
      at: { gt: before(ctx, HOUR_MS) },
    },
    orderBy: { at: "desc" },
    skip: max - 1,
    select: { at: true },
  });
  if (oldest) throw tooMany(`${max} checks per hour`, ctx, oldest.at, HOUR_MS, max);
}

function limitOf(limits: { publisher: number; other: number }, actor: Actor): number {
  const isPublisher = (actor.kind === "user" || actor.kind === "token") && actor.role === "publisher";
  return isPublisher ? limits.publisher : limits.other;
}

function before(ctx: Context, ms: number): Date {
  return new Date(ctx.clock.now().getTime() - ms);
}

function tooMany(what: string, ctx: Context, oldest: Date, windowMs: number, max: number): AppError {
  const retryAfterSeconds = Math.max(
    1,
    Math.ceil((oldest.getTime() + windowMs - ctx.clock.now().getTime()) / 1000),
  );
  return new AppError("too_many_requests", `You have reached the limit of ${what}.`, {
    suggestion: `Try again in ${Math.ceil(retryAfterSeconds / 60)} minutes.`,
    retryable: true,
    retryAfterSeconds,
    details: { max },
  });
}
