import {
  familiarName,
  parseRepository,
  type Repository,
  repositoryHost,
} from "@/lib/extension/reference/repository";
import { lockUser } from "@/lib/identity/lock-user";
import { authorize } from "@/lib/identity/permissions";
import { actorUserId } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { refuseFurtherSubmission } from "@/lib/marketplace/account-limits";
import { CHECK_SUBMISSION } from "@/lib/marketplace/jobs";
import { ensureExtension, nameOf } from "@/lib/marketplace/rows/extension-row";
import { toJson } from "@/lib/marketplace/rows/json-columns";
import { refuseOwn } from "@/lib/marketplace/rows/own-submission";
import { appendSubmissionEvent } from "@/lib/marketplace/rows/submission-event";
import { OPEN_SUBMISSION_STATES } from "@/lib/marketplace/rows/submission-row";
import type { DirectAddition } from "@/lib/marketplace/submissions/direct-addition";
import { type SubmissionView, viewSubmission } from "@/lib/marketplace/submissions/submission-view";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Extension, Submission } from "@/lib/platform/prisma/client";

export type Submitted = { submission: SubmissionView; created: boolean };

/**
 * Opens a submission for the repository and queues its check. Returns the submitter's own open submission if there is one.
 * Throws `already_open` for another person's, and `already_listed` for what is on the allow-list. `account-limits` caps
 * the number for each account.
 */
export async function submit(ctx: Context, input: { repository: string }): Promise<Submitted> {
  authorize(ctx.actor, "submission.create");
  return openSubmission(ctx, acceptedRepository(ctx, input.repository), undefined);
}

/** With `direct` the extension must not be one that the actor submitted. */
export async function openSubmission(
  ctx: Context,
  repository: Repository,
  direct: DirectAddition | undefined,
): Promise<Submitted> {
  const submitterId = requireUser(ctx);
  return transact(ctx.db, async (tx) => {
    await lockUser(tx, submitterId);
    const extension = await ensureExtension(tx, repository);
    const ownSubmission = direct !== undefined && (await refuseOwn(tx, ctx, extension.id));
    const open = await openSubmissionOf(tx, extension);
    if (open && !direct && open.submitterId === submitterId) {
      return { submission: await viewSubmission(tx, ctx.actor, open.id), created: false };
    }
    if (open) throw alreadyOpen(repository, open.submitterId === submitterId);
    await refuseListed(tx, extension);
    await refuseFurtherSubmission(tx, ctx, submitterId);
    const previous = await tx.submission.findFirst({
      where: { extensionId: extension.id },
      orderBy: { createdAt: "desc" },
    });
    const { id } = await tx.submission.create({
      data: {
        extensionId: extension.id,
        submitterId,
        state: "checking",
        previousId: previous?.id ?? null,
        ...(direct ? { direct: toJson(direct), useCredentials: true } : {}),
      },
    });
    await appendSubmissionEvent(tx, ctx, id, "submitted");
    await ctx.queue.send(tx, CHECK_SUBMISSION, id, {
      submissionId: id,
      extensionId: extension.id,
    });
    await appendAudit(tx, ctx, {
      action: direct ? "entry.add" : "submission.submit",
      subject: { kind: "submission", id },
      after: { repository, state: "checking", ...(direct ? { direct, ownSubmission } : {}) },
      ...(direct ? { reason: direct.reason } : {}),
    });
    return { submission: await viewSubmission(tx, ctx.actor, id), created: true };
  });
}

/** The repository in `text`, when its registry is allowed here. */
export function acceptedRepository(ctx: Context, text: string): Repository {
  const repository = parseRepository(text);
  const host = repositoryHost(repository);
  if (ctx.acceptsRegistry(host)) return repository;
  throw new AppError("registry_not_allowed", `This marketplace does not accept extensions from ${host}.`, {
    suggestion: `Push the image to an allowed registry, or ask an admin to add ${host} to GANTRY_REGISTRIES.`,
    details: { host },
  });
}

function requireUser(ctx: Context): string {
  const userId = actorUserId(ctx.actor);
  if (userId) return userId;
  throw new AppError("unauthenticated", "A submission needs a submitter.", {
    suggestion: "Sign in first.",
  });
}

async function openSubmissionOf(tx: Tx, extension: Extension): Promise<Submission | null> {
  return tx.submission.findFirst({
    where: { extensionId: extension.id, state: { in: OPEN_SUBMISSION_STATES } },
  });
}

async function refuseListed(tx: Tx, extension: Extension): Promise<void> {
  const entry = await tx.entry.findUnique({ where: { extensionId: extension.id } });
  if (!entry || entry.state === "revoked") return;
  const name = nameOf(extension);
  throw new AppError("already_listed", `${name} is already on the allow-list (${entry.state}).`, {
    suggestion:
      "You do not need to submit new versions. Push a higher semver tag, and the next scan finds it.",
  });
}

function alreadyOpen(repository: Repository, own: boolean): AppError {
  const name = familiarName(repository);
  if (own) {
    return new AppError("already_open", `You have an open submission for ${name}.`, {
      suggestion: "Decide on it in the review queue, or withdraw it first.",
    });
  }
  return new AppError("already_open", `Another person has an open submission for ${name}.`, {
    suggestion: "Wait for its decision, or ask an admin who submitted it.",
  });
}
