/** Whether a direct addition is approved automatically once its check has passed, or goes to the review queue. */

import { needsManual } from "@/lib/extension/capabilities/envelope";
import type { Finding } from "@/lib/extension/findings/finding";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { Role } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import type { Approval } from "@/lib/marketplace/entries/entry-approval";
import { readTrackRequest, type TrackRequest } from "@/lib/marketplace/entries/track-request";
import type { Tx } from "@/lib/platform/db/database";
import type { Prisma, Submission } from "@/lib/platform/prisma/client";

/** What an admin adds is inspected like a submission and approved with this as soon as that passes. */
export type DirectAddition = {
  track: TrackRequest;
  expiresAt: string | null;
  reason: string;
  /** the digest that the admin reviewed; null when they did not name one. */
  expectedDigest: string | null;
};

/** `by`: who added it, with the role that they have now. */
export type AdditionVerdict =
  | { kind: "approve"; by: { id: string; name: string; role: Role } }
  /** `why` completes "It waits for a reviewer: …". */
  | { kind: "review"; why: string };

export type CheckedAddition = {
  submission: Submission;
  tag: string;
  report: InspectionReport;
  /** Findings that hold a version without being errors. */
  needPerson: readonly Finding[];
};

/** Authorizes the addition again: its check can take hours, and what an admin may do can change meanwhile. */
export async function judgeAddition(
  tx: Tx,
  ctx: Context,
  checked: CheckedAddition,
): Promise<AdditionVerdict> {
  const by = await readAdder(tx, checked.submission.submitterId);
  const why =
    (by.role === "admin" ? undefined : `${by.name}, who added it, is no longer an admin.`) ??
    whyNotLooked(checked) ??
    whyOver(ctx, checked.submission) ??
    (await whyYanked(tx, checked));
  return why === undefined ? { kind: "approve", by } : { kind: "review", why };
}

/** What the admin asked for, applied to the candidate. */
export function additionApproval(
  direct: DirectAddition,
  candidate: Approval["candidate"],
  role: Role,
): Approval {
  return {
    candidate,
    track: readTrackRequest(direct.track, candidate),
    expiresAt: direct.expiresAt === null ? null : new Date(direct.expiresAt),
    reason: direct.reason,
    role,
  };
}

/** `Submission.direct` is written by `openSubmission` alone; rows of earlier releases name no digest. */
export function storedAddition(value: Prisma.JsonValue): DirectAddition | undefined {
  if (value === null) return undefined;
  return { expectedDigest: null, ...(value as unknown as Omit<DirectAddition, "expectedDigest">) };
}

/** Locked, so that a suspension either comes first or finds the entry. */
async function readAdder(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${id}::uuid FOR SHARE`;
  const { name, role } = await tx.user.findUniqueOrThrow({ where: { id } });
  return { id, name, role };
}

function whyNotLooked({ submission, report, needPerson }: CheckedAddition): string | undefined {
  const expected = storedAddition(submission.direct)?.expectedDigest;
  if (expected === report.digest) return undefined;
  if (expected) return `the candidate is ${report.digest}, not the reviewed image (${expected}).`;
  const unseen = [...needsManual(report.capabilities), ...needPerson.map(({ code }) => code)];
  if (unseen.length === 0) return undefined;
  return `the image requires a review (${unseen.join(", ")}), and the admin entered no reviewed digest.`;
}

function whyOver(ctx: Context, submission: Submission): string | undefined {
  const expiresAt = storedAddition(submission.direct)?.expiresAt;
  if (!expiresAt || new Date(expiresAt) > ctx.clock.now()) return undefined;
  return `its expiry (${expiresAt}) has passed.`;
}

async function whyYanked(tx: Tx, { submission, tag, report }: CheckedAddition): Promise<string | undefined> {
  const { extensionId } = submission;
  const yanked = await tx.version.findFirst({
    where: { extensionId, tag, digest: report.digest, visibility: "yanked" },
  });
  return yanked ? `${tag} was already yanked with this same image.` : undefined;
}
