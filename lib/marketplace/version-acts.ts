/** What a person does to one version: list, hold, yank, block, restore. */

import { parseRepository } from "@/lib/extension/repository";
import { type EarlierVisibility, nextVisibility } from "@/lib/extension/states/version";
import { authorise } from "@/lib/identity/permissions";
import { actorRole } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { acceptDigest, digestMoved, requireInspected } from "@/lib/marketplace/accept-digest";
import { touchCatalog } from "@/lib/marketplace/catalog-change";
import { recordDecision } from "@/lib/marketplace/decision-row";
import { nameOf } from "@/lib/marketplace/extension-name";
import { lockRepository } from "@/lib/marketplace/extension-row";
import { storedReason, toJson, type VisibilityReason } from "@/lib/marketplace/stored";
import { type VersionView, viewVersion } from "@/lib/marketplace/version-view";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import {
  type BlockLevel,
  type Extension,
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
  throw digestMoved(current);
}
