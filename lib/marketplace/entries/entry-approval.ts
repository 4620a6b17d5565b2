/** Adds an extension to the allow-list: the entry with its envelope, and the version that a person saw. */

import type { Envelope } from "@/lib/extension/capabilities/envelope";
import type { Track } from "@/lib/extension/offer/track";
import { classifyTag } from "@/lib/extension/reference/tag";
import { imageDigests } from "@/lib/extension/report/image-digests";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { nextEntryState } from "@/lib/extension/states/entry";
import type { Role } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { refuseBlockedImage } from "@/lib/marketplace/blocks/covering-blocks";
import { refuseHigherDecision } from "@/lib/marketplace/rows/higher-decision";
import { toJson, trackColumns } from "@/lib/marketplace/rows/json-columns";
import { holdOtherSpelling } from "@/lib/marketplace/rows/other-spelling";
import { queueScan } from "@/lib/marketplace/scans/scan-row";
import { superseded } from "@/lib/marketplace/versions/accept-digest";
import { judgeAgain } from "@/lib/marketplace/versions/judge-again";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import { type Extension, Prisma, type Version } from "@/lib/platform/prisma/client";

export type Approval = {
  candidate: { tag: string; digest: string; inspectionId: string; report: InspectionReport };
  track: Track;
  expiresAt: Date | null;
  reason: string | undefined;
  /** The role of the person who approves. */
  role: Role | undefined;
};

/** Tags of versions that an earlier approval listed and this one does not cover. */
export type Approved = { heldTags: string[] };

/**
 * The extension is locked, has no entry or a revoked one, and the candidate is inspected. Versions of an earlier approval
 * are evaluated again by this one; a scan adds new ones. Throws `illegal_state` for an image that is blocked or yanked
 * and `higher_role_decision` where a higher role revoked the entry.
 */
export async function approveEntry(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  approval: Approval,
): Promise<Approved> {
  const { candidate, role } = approval;
  const envelope: Envelope = {
    capabilities: candidate.report.capabilities,
    approved: [{ tag: candidate.tag, digest: candidate.digest }],
  };
  const existing = await tx.entry.findUnique({ where: { extensionId: extension.id } });
  if (existing) {
    const what = `This entry was ${existing.state}`;
    refuseHigherDecision(ctx, { what, decidedBy: existing.decidedBy }, role);
  }
  const data = {
    state: existing ? nextEntryState(existing.state, "approve") : ("active" as const),
    ...trackColumns(approval.track),
    expiresAt: approval.expiresAt,
    envelope: toJson(envelope),
    reason: approval.reason ?? null,
    decidedBy: null,
    since: ctx.clock.now(),
  };
  await tx.entry.upsert({
    where: { extensionId: extension.id },
    create: { extensionId: extension.id, ...data },
    update: data,
  });
  const heldTags = await judgeAgain(tx, extension, envelope);
  await listCandidate(tx, ctx, extension, approval);
  await queueScan(tx, ctx, extension.id, "approval");
  return { heldTags };
}

async function listCandidate(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  { candidate, role }: Approval,
): Promise<void> {
  const tag = classifyTag(candidate.tag);
  if (tag.kind === "skipped") throw new Error(`the candidate ${candidate.tag} is not a version`);
  const place = { extensionId: extension.id, tag: candidate.tag };
  const key = { extensionId_tag_digest: { ...place, digest: candidate.digest } };
  await refuseBlockedImage(tx, candidate.tag, imageDigests(candidate.digest, candidate.report.platforms));
  refuseWithdrawn(ctx, await tx.version.findUnique({ where: key }), role);
  for (const other of await tx.version.findMany({ where: { ...place, digest: { not: candidate.digest } } }))
    await tx.version.update({ where: { id: other.id }, data: { current: false, ...superseded(other) } });
  const now = ctx.clock.now();
  const listed = {
    visibility: "listed",
    reason: Prisma.DbNull,
    decidedBy: role ?? null,
    listedAt: now,
    current: true,
    movedDigest: null,
    movedSeenAt: null,
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
  await holdOtherSpelling(tx, { ...place, semver: tag.version.text, digest: candidate.digest });
}

/** An approval lifts neither a yank nor what a higher role holds. */
function refuseWithdrawn(ctx: Context, version: Version | null, role: Role | undefined): void {
  if (version?.visibility === "held")
    refuseHigherDecision(ctx, { what: `${version.tag} was held`, decidedBy: version.decidedBy }, role);
  if (version?.visibility !== "yanked") return;
  throw new AppError("illegal_state", `${version.tag} was already yanked with this same image.`, {
    suggestion: "Restore that version first, or ask the publisher for a new one.",
  });
}
