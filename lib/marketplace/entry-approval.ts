/** Bringing an extension onto the allow-list: the entry with its envelope, and the version a person saw. */

import type { Envelope } from "@/lib/extension/envelope";
import type { InspectionReport } from "@/lib/extension/inspection-report";
import { nextEntryState } from "@/lib/extension/states/entry";
import { classifyTag } from "@/lib/extension/tag";
import type { Track } from "@/lib/extension/track";
import { actorRole } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { startScan } from "@/lib/marketplace/scans/scan-row";
import { toJson, trackColumns } from "@/lib/marketplace/stored";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import { type Extension, Prisma } from "@/lib/platform/prisma/client";

export type Approval = {
  candidate: { tag: string; digest: string; inspectionId: string; report: InspectionReport };
  track: Track;
  expiresAt: Date | null;
  reason: string | undefined;
};

/** The extension is locked, has no entry or a revoked one, and the candidate is inspected. All its other versions follow by a scan. */
export async function approveEntry(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  approval: Approval,
): Promise<void> {
  const now = ctx.clock.now();
  const { candidate } = approval;
  const envelope: Envelope = {
    capabilities: candidate.report.capabilities,
    approved: [{ tag: candidate.tag, digest: candidate.digest }],
  };
  const existing = await tx.entry.findUnique({ where: { extensionId: extension.id } });
  const data = {
    state: existing ? nextEntryState(existing.state, "approve") : ("active" as const),
    ...trackColumns(approval.track),
    expiresAt: approval.expiresAt,
    envelope: toJson(envelope),
    reason: approval.reason ?? null,
    since: now,
  };
  await tx.entry.upsert({
    where: { extensionId: extension.id },
    create: { extensionId: extension.id, ...data },
    update: data,
  });
  await listCandidate(tx, ctx, extension, candidate, now);
  await startScan(tx, ctx, extension.id, "approval");
}

async function listCandidate(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  candidate: Approval["candidate"],
  now: Date,
): Promise<void> {
  const tag = classifyTag(candidate.tag);
  if (tag.kind === "skipped") throw new Error(`the candidate ${candidate.tag} is not a version`);
  const place = { extensionId: extension.id, tag: candidate.tag };
  const key = { extensionId_tag_digest: { ...place, digest: candidate.digest } };
  await refuseBlocked(tx, extension.id, candidate);
  await tx.version.updateMany({
    where: { ...place, digest: { not: candidate.digest } },
    data: { current: false, visibility: "unlisted" },
  });
  const listed = {
    visibility: "listed",
    reason: Prisma.DbNull,
    decidedBy: actorRole(ctx.actor) ?? null,
    listedAt: now,
    current: true,
  } as const;
  await tx.version.upsert({
    where: key,
    create: {
      ...place,
      digest: candidate.digest,
      semver: tag.version.text,
      inspectionId: candidate.inspectionId,
      firstSeenAt: now,
      ...listed,
    },
    update: { ...listed, inspectionId: candidate.inspectionId },
  });
}

/** A block is by digest and outlives an entry: it has to be lifted on purpose. */
async function refuseBlocked(tx: Tx, extensionId: string, candidate: Approval["candidate"]): Promise<void> {
  const blocked = await tx.version.findFirst({
    where: { extensionId, digest: candidate.digest, visibility: "blocked" },
  });
  if (!blocked) return;
  throw new AppError("illegal_state", `The image of ${candidate.tag} is blocked (as ${blocked.tag}).`, {
    suggestion: "Restore that version first, or ask the publisher for another one.",
  });
}
