/** What a person does to one version: list, hold, yank, block, restore. */

import { mergeCapabilities } from "@/lib/extension/merge-capabilities";
import { parseRepository } from "@/lib/extension/repository";
import { type EarlierVisibility, nextVisibility } from "@/lib/extension/states/version";
import { authorise } from "@/lib/identity/permissions";
import { actorRole } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { touchCatalog } from "@/lib/marketplace/catalog-change";
import { recordDecision } from "@/lib/marketplace/decision-row";
import { nameOf } from "@/lib/marketplace/extension-name";
import { lockRepository } from "@/lib/marketplace/extension-row";
import { storedEnvelope, storedReason, toJson, type VisibilityReason } from "@/lib/marketplace/stored";
import { reportOf } from "@/lib/marketplace/stored-report";
import { type VersionView, viewVersion } from "@/lib/marketplace/version-view";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import {
  type BlockLevel,
  type Extension,
  type Inspection,
  Prisma,
  type Role,
  type Version,
} from "@/lib/platform/prisma/client";

export type VersionAct = "list" | "hold" | "yank" | "block" | "restore";

export type VersionActInput = {
  repository: string;
  tag: string;
  act: VersionAct;
  reason: string;
  /** For `list`: the accepted digest, or the one the tag moved to, which is then accepted in its place. */
  expectedDigest?: string | undefined;
  /** For `list` outside the envelope: true = later versions may do the same; false = this version only. */
  widenEnvelope?: boolean | undefined;
  /** For `block`: `hard` = remove it, `soft` = warn. Default hard. */
  level?: BlockLevel | undefined;
};

export async function actOnVersion(ctx: Context, input: VersionActInput): Promise<VersionView> {
  return transact(ctx.db, async (tx) => {
    authorise(ctx.actor, "version.decide");
    const extension = await lockRepository(tx, parseRepository(input.repository));
    const current = await currentVersion(tx, extension, input.tag);
    refuseHigherDecision(ctx, current, input.act);
    const after = await applyAct(tx, ctx, extension, current, input);
    await touchCatalog(tx, ctx, extension.id, input.act);
    await recordDecision(tx, ctx, {
      extensionId: extension.id,
      kind: `version.${input.act}`,
      reason: input.reason,
      tag: after.tag,
      digest: after.digest,
      data: { level: after.blockLevel, widenEnvelope: input.widenEnvelope ?? null },
    });
    await appendMessage(tx, {
      kind: `version.${input.act}`,
      payload: { repository: nameOf(extension), tag: after.tag, digest: after.digest },
    });
    await appendAudit(tx, ctx, {
      action: `version.${input.act}`,
      subject: { kind: "version", id: `${nameOf(extension)}:${after.tag}` },
      before: { visibility: current.visibility, digest: current.digest },
      after: { visibility: after.visibility, digest: after.digest, blockLevel: after.blockLevel },
      reason: input.reason,
    });
    return viewVersion(after);
  });
}

async function currentVersion(tx: Tx, extension: Extension, tag: string): Promise<Version> {
  const version = await tx.version.findFirst({ where: { extensionId: extension.id, tag, current: true } });
  if (version) return version;
  throw new AppError("not_found", `${nameOf(extension)} has no version ${tag}.`, {
    suggestion: "Push the tag and scan the repository first.",
  });
}

const RANK: Record<Role, number> = { suspended: 0, publisher: 1, reviewer: 2, admin: 3 };

/** Nobody lifts what a higher role decided; making it stricter is open to all who may decide. */
function refuseHigherDecision(ctx: Context, version: Version, act: VersionAct): void {
  const role = actorRole(ctx.actor);
  const lifts = act === "list" || act === "restore" || (act === "yank" && version.visibility === "blocked");
  if (!lifts || !role || !version.decidedBy || RANK[version.decidedBy] <= RANK[role]) return;
  throw new AppError(
    "higher_role_decision",
    `This version was ${version.visibility} by the role ${version.decidedBy}.`,
    {
      suggestion: `Ask somebody with the role ${version.decidedBy}.`,
    },
  );
}

async function applyAct(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  current: Version,
  input: VersionActInput,
): Promise<Version> {
  const accepted =
    input.act === "list"
      ? await acceptDigest(tx, ctx, extension, current, input)
      : requireDigest(current, input);
  const earlier = earlierVisibility(accepted);
  const visibility = nextVisibility(accepted.visibility, input.act, earlier);
  if (visibility === "listed") await requireInspected(tx, accepted);
  const data = {
    visibility,
    reason: visibility === "listed" ? Prisma.DbNull : toJson(reasonOf(input, earlier)),
    blockLevel: visibility === "blocked" ? (input.level ?? "hard") : null,
    decidedBy: actorRole(ctx.actor) ?? null,
    ...(visibility === "listed" && !accepted.listedAt ? { listedAt: ctx.clock.now() } : {}),
  };
  if (input.act === "block") {
    await tx.version.updateMany({
      where: { extensionId: extension.id, digest: accepted.digest, id: { not: accepted.id } },
      data,
    });
  }
  return tx.version.update({ where: { id: accepted.id }, data });
}

/** Where a restore leads back to; kept in the reason of a yank or block, also through a second one. */
function earlierVisibility(version: Version): EarlierVisibility {
  switch (version.visibility) {
    case "yanked":
    case "blocked":
      return storedReason(version.reason)?.details?.earlier === "listed" ? "listed" : "held";
    default:
      return version.visibility;
  }
}

function reasonOf(input: VersionActInput, earlier: EarlierVisibility): VisibilityReason {
  return { code: `${input.act}_by_person`, message: input.reason, details: { earlier } };
}

function requireDigest(current: Version, input: VersionActInput): Version {
  if (input.expectedDigest === undefined || input.expectedDigest === current.digest) return current;
  throw moved(current);
}

/** Lists the accepted digest, or takes the one the tag points to now as a version of its own. */
async function acceptDigest(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  current: Version,
  input: VersionActInput,
): Promise<Version> {
  const digest = input.expectedDigest ?? current.digest;
  if (digest !== current.digest && digest !== current.movedDigest) throw moved(current);
  const version = digest === current.digest ? current : await replaceDigest(tx, ctx, current, digest);
  await approvePair(tx, extension, version, input.widenEnvelope === true);
  return version;
}

async function replaceDigest(tx: Tx, ctx: Context, current: Version, digest: string): Promise<Version> {
  const inspection = await tx.inspection.findUnique({
    where: { extensionId_digest: { extensionId: current.extensionId, digest } },
  });
  if (!inspection) throw notInspected(digest);
  await tx.version.update({ where: { id: current.id }, data: { current: false, ...superseded(current) } });
  const fresh = {
    current: true,
    visibility: "unlisted",
    movedDigest: null,
    movedSeenAt: null,
    firstSeenAt: ctx.clock.now(),
  } as const;
  const { extensionId, tag, semver } = current;
  return tx.version.upsert({
    where: { extensionId_tag_digest: { extensionId, tag, digest } },
    create: {
      extensionId,
      tag,
      semver,
      digest,
      inspectionId: inspection.id,
      decidedBy: current.decidedBy,
      ...fresh,
    },
    update: fresh,
  });
}

/** A yank or block of the digest that goes stays on it. */
function superseded(version: Version) {
  if (
    version.visibility === "yanked" ||
    version.visibility === "blocked" ||
    version.visibility === "unlisted"
  )
    return {};
  return {
    visibility: nextVisibility(version.visibility, "supersede"),
    reason: toJson({ code: "superseded", message: "Another digest of this tag was accepted." }),
  };
}

/** A person saw this (tag, digest): it is covered from now on, and with `widen` so is everything it can do. */
async function approvePair(tx: Tx, extension: Extension, version: Version, widen: boolean): Promise<void> {
  const entry = await tx.entry.findUnique({ where: { extensionId: extension.id } });
  if (!entry) return;
  const envelope = storedEnvelope(entry.envelope);
  const report = reportOf((await requireInspected(tx, version)).report);
  const pair = { tag: version.tag, digest: version.digest };
  const known = envelope.approved.some(({ tag, digest }) => tag === pair.tag && digest === pair.digest);
  await tx.entry.update({
    where: { id: entry.id },
    data: {
      envelope: toJson({
        approved: known ? envelope.approved : [...envelope.approved, pair],
        capabilities:
          widen && report
            ? mergeCapabilities([envelope.capabilities, report.capabilities])
            : envelope.capabilities,
      }),
    },
  });
}

async function requireInspected(tx: Tx, version: Version): Promise<Inspection> {
  const inspection = await tx.inspection.findUniqueOrThrow({ where: { id: version.inspectionId } });
  if (inspection.state === "inspected") return inspection;
  throw notInspected(version.digest);
}

function notInspected(digest: string): AppError {
  return new AppError(
    "not_inspected",
    `The image ${digest} is not inspected as an extension, so it can't be listed.`,
    {
      suggestion: "Scan the repository; what could not be read is tried again.",
    },
  );
}

function moved(current: Version): AppError {
  const now = current.movedDigest ? ` (the tag points to ${current.movedDigest} now)` : "";
  return new AppError("digest_moved", `The accepted digest of ${current.tag} is ${current.digest}${now}.`, {
    suggestion: "Look at the version again and decide about the digest that it shows.",
    details: { digest: current.digest, movedDigest: current.movedDigest },
  });
}
