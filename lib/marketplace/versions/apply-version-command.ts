/** The effect of each command on a version, and on others that contain the same image. */

import { nextVisibility } from "@/lib/extension/states/version";
import { higherRole } from "@/lib/identity/role-rank";
import { actorRole } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { blockImage } from "@/lib/marketplace/blocks/block-image";
import { digestsOf, refuseBlockedImage } from "@/lib/marketplace/blocks/covering-blocks";
import { liftBlocks } from "@/lib/marketplace/blocks/lift-blocks";
import type { MarkedVersion } from "@/lib/marketplace/blocks/mark-versions";
import { refuseHigherDecision } from "@/lib/marketplace/rows/higher-decision";
import { storedReason, toJson } from "@/lib/marketplace/rows/json-columns";
import { refuseCollision } from "@/lib/marketplace/rows/other-spelling";
import { refuseOwn } from "@/lib/marketplace/rows/own-submission";
import { beforeOf, columnsOf, keptIn, reasonKeeping } from "@/lib/marketplace/rows/version-before";
import { acceptDigest, requireInspected } from "@/lib/marketplace/versions/accept-digest";
import type { VersionActInput } from "@/lib/marketplace/versions/version-command-input";
import type { Tx } from "@/lib/platform/db/database";
import { type Extension, Prisma, type Role, type Version } from "@/lib/platform/prisma/client";

export type Applied = {
  after: Version;
  /** Versions in other repositories, or under other tags, that changed as well. */
  others: MarkedVersion[];
  /** The command lists the actor's own extension, which is only allowed when no one else can decide. */
  ownSubmission: boolean;
};

type Act = { extension: Extension; version: Version; input: VersionActInput };

export async function applyAct(tx: Tx, ctx: Context, act: Act): Promise<Applied> {
  switch (act.input.act) {
    case "list":
      return list(tx, ctx, act);
    case "hold":
    case "yank":
      return withdraw(tx, ctx, act, act.input.act);
    case "block":
      return block(tx, ctx, act);
    case "restore":
      return act.version.visibility === "blocked" ? lift(tx, ctx, act) : restore(tx, ctx, act);
  }
}

async function list(tx: Tx, ctx: Context, { extension, version, input }: Act): Promise<Applied> {
  refuseHigher(ctx, version);
  const ownSubmission = await refuseOwn(tx, ctx, extension.id);
  const accepted = await acceptDigest(tx, ctx, extension, version, input);
  refuseHigher(ctx, accepted);
  await refuseCollision(tx, accepted);
  const visibility = nextVisibility(accepted.visibility, "list");
  const { report } = await requireInspected(tx, accepted);
  await refuseBlockedImage(tx, accepted.tag, digestsOf(accepted.digest, report));
  const after = await tx.version.update({
    where: { id: accepted.id },
    data: {
      visibility,
      reason: Prisma.DbNull,
      decidedBy: actorRole(ctx.actor) ?? null,
      ...(accepted.listedAt ? {} : { listedAt: ctx.clock.now() }),
    },
  });
  return { after, others: [], ownSubmission };
}

/** Hold or yank. Holding a held version keeps the higher role behind the first hold. */
async function withdraw(
  tx: Tx,
  ctx: Context,
  { version, input }: Act,
  act: "hold" | "yank",
): Promise<Applied> {
  const visibility = nextVisibility(version.visibility, act);
  const reason = { code: `${act}_by_person`, message: input.reason };
  const earlierRole = version.visibility === "held" && act === "hold" ? version.decidedBy : null;
  const after = await tx.version.update({
    where: { id: version.id },
    data: {
      visibility,
      reason: toJson(act === "yank" ? reasonKeeping(reason, beforeOf(version)) : reason),
      decidedBy: higherRole(earlierRole, actorRole(ctx.actor)),
    },
  });
  return { after, others: [], ownSubmission: false };
}

async function block(tx: Tx, ctx: Context, { extension, version, input }: Act): Promise<Applied> {
  nextVisibility(version.visibility, "block");
  const place = { repository: extension.repository, tag: version.tag };
  const { level = "hard", reason } = input;
  const marked = await blockImage(tx, ctx, { version, place }, { level, reason });
  return { ...(await splitFrom(tx, version, marked)), ownSubmission: false };
}

async function lift(tx: Tx, ctx: Context, { version }: Act): Promise<Applied> {
  refuseHigher(ctx, version);
  const { versions, ownSubmission } = await liftBlocks(tx, ctx, version);
  return { ...(await splitFrom(tx, version, versions)), ownSubmission };
}

/** Reverts a yank. A version whose tag names another image is not listed again. */
async function restore(tx: Tx, ctx: Context, { extension, version }: Act): Promise<Applied> {
  refuseHigher(ctx, version);
  const before = keptIn(storedReason(version.reason));
  nextVisibility(version.visibility, "restore", before.visibility);
  const lists = before.visibility === "listed" && version.current;
  const ownSubmission = lists && (await refuseOwn(tx, ctx, extension.id));
  if (lists) {
    await refuseCollision(tx, version);
    const { report } = await requireInspected(tx, version);
    await refuseBlockedImage(tx, version.tag, digestsOf(version.digest, report));
  }
  const back = before.visibility === "listed" && !lists ? "unlisted" : before.visibility;
  const after = await tx.version.update({
    where: { id: version.id },
    data: columnsOf({ ...before, visibility: back }),
  });
  return { after, others: [], ownSubmission };
}

async function splitFrom(tx: Tx, { id }: Version, marked: readonly MarkedVersion[]) {
  const after = await tx.version.findUniqueOrThrow({ where: { id } });
  return { after, others: marked.filter((one) => one.id !== id) };
}

const LIFTED: Record<Version["visibility"], string | undefined> = {
  listed: undefined,
  unlisted: "This version was unlisted",
  held: "This version was held",
  yanked: "This version was yanked",
  blocked: "This image was blocked",
};

function refuseHigher(
  ctx: Context,
  { visibility, decidedBy }: { visibility: Version["visibility"]; decidedBy: Role | null },
) {
  const what = LIFTED[visibility];
  if (what !== undefined) refuseHigherDecision(ctx, { what, decidedBy });
}
