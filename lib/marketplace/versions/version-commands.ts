/** The commands for one version: list, hold, yank, block, restore. */

import { parseRepository } from "@/lib/extension/reference/repository";
import { authorize } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import type { MarkedVersion } from "@/lib/marketplace/blocks/mark-versions";
import { publishChanges } from "@/lib/marketplace/publishing/catalog-change";
import { lockBlocks } from "@/lib/marketplace/rows/blocks-lock";
import { recordDecision } from "@/lib/marketplace/rows/decision-row";
import { lockRepository, nameOf } from "@/lib/marketplace/rows/extension-row";
import { digestMoved } from "@/lib/marketplace/versions/accept-digest";
import { type Applied, applyAct } from "@/lib/marketplace/versions/apply-version-command";
import type { VersionActInput } from "@/lib/marketplace/versions/version-command-input";
import { type VersionView, viewVersion } from "@/lib/marketplace/versions/version-view";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Extension, Version } from "@/lib/platform/prisma/client";

/**
 * Block and restore apply to the image in every repository; the other commands apply to this version. Throws
 * `higher_role_decision` for lifting what a higher role decided, and `own_submission` for listing one's own.
 */
export async function actOnVersion(ctx: Context, input: VersionActInput): Promise<VersionView> {
  return transact(ctx.db, async (tx) => {
    authorize(ctx.actor, "version.decide");
    if (input.act === "block" || input.act === "restore") await lockBlocks(tx);
    const extension = await lockRepository(tx, parseRepository(input.repository));
    const before = await namedVersion(tx, extension, input);
    const applied = await applyAct(tx, ctx, { extension, version: before, input });
    const { after, others } = applied;
    const extensionIds = new Set([extension.id, ...others.map(({ extensionId }) => extensionId)]);
    await publishChanges(tx, ctx, [...extensionIds], input.act);
    await recordDecisions(tx, ctx, input, applied);
    await appendMessage(tx, {
      kind: `version.${input.act}`,
      payload: {
        repository: extension.repository,
        tag: after.tag,
        digest: after.digest,
        others: placesOf(others),
      },
    });
    await appendAudit(tx, ctx, {
      action: `version.${input.act}`,
      subject: { kind: "version", id: `${nameOf(extension)}:${after.tag}` },
      before: { visibility: before.visibility, digest: before.digest },
      after: {
        visibility: after.visibility,
        digest: after.digest,
        blockLevel: after.blockLevel,
        ...(others.length > 0 ? { others: placesOf(others) } : {}),
        ...(applied.ownSubmission ? { ownSubmission: true } : {}),
      },
      reason: input.reason,
    });
    return viewVersion(after);
  });
}

/** The version that the tag names now; for `restore` also one that it named earlier. */
async function namedVersion(tx: Tx, extension: Extension, input: VersionActInput): Promise<Version> {
  const { tag, act, expectedDigest } = input;
  const place = { extensionId: extension.id, tag };
  const current = await tx.version.findFirst({ where: { ...place, current: true } });
  if (!current) {
    throw new AppError("not_found", `${nameOf(extension)} has no version ${tag}.`, {
      suggestion: "Push the tag and scan the repository first.",
    });
  }
  if (act === "list" || expectedDigest === undefined || expectedDigest === current.digest) return current;
  const earlier =
    act === "restore"
      ? await tx.version.findUnique({
          where: { extensionId_tag_digest: { ...place, digest: expectedDigest } },
        })
      : null;
  if (earlier) return earlier;
  throw digestMoved(current);
}

/** Appends a line to the history of every extension that changed. */
async function recordDecisions(
  tx: Tx,
  ctx: Context,
  input: VersionActInput,
  { after, others }: Applied,
): Promise<void> {
  const { act, reason, widenEnvelope } = input;
  for (const { extensionId, tag, digest, blockLevel } of [after, ...others]) {
    const data = { level: blockLevel, widenEnvelope: widenEnvelope ?? null };
    await recordDecision(tx, ctx, { extensionId, kind: `version.${act}`, reason, tag, digest, data });
  }
}

function placesOf(versions: readonly MarkedVersion[]) {
  return versions.map(({ repository, tag, digest }) => ({ repository, tag, digest }));
}
