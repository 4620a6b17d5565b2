/** Records what a scan learned: new versions and moved tags. */

import { type PreparedReleases, prepareReleases } from "@/lib/extension/desktop/desktop-release";
import type { Policy } from "@/lib/extension/policy/policy";
import { classifyTag } from "@/lib/extension/reference/tag";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { coveringBlocks, digestsOf, standingUnder } from "@/lib/marketplace/blocks/covering-blocks";
import {
  type Learned,
  type LearnedInspection,
  type Stored,
  storeLearned,
} from "@/lib/marketplace/inspections/inspection-row";
import { judgeVersion } from "@/lib/marketplace/inspections/judge-version";
import { publishChange } from "@/lib/marketplace/publishing/catalog-change";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { lockExtension, nameOf } from "@/lib/marketplace/rows/extension-row";
import { storedEnvelope, toJson, type VisibilityReason } from "@/lib/marketplace/rows/json-columns";
import type { ObservedTag } from "@/lib/marketplace/rows/observed-tag";
import { type Spelling, whyCollides } from "@/lib/marketplace/rows/other-spelling";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { reasonKeeping, type VersionBefore } from "@/lib/marketplace/rows/version-before";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import type { Entry, Extension, Version } from "@/lib/platform/prisma/client";

/** One tag that the scan found, with what was learned about its digest. */
export type FoundVersion = ObservedTag & { learned: Learned | Stored };

export type Recorded = { listed: number; held: number; moved: number };

const NOTHING: Recorded = { listed: 0, held: 0, moved: 0 };

/**
 * Writes new versions as policy and envelope decide. A tag whose digest differs from the accepted one never changes
 * what is offered: the version is marked as moved, and the new digest's inspection waits for a decision.
 */
export async function recordVersions(
  ctx: Context,
  input: { extensionId: string; found: readonly FoundVersion[] },
): Promise<Recorded> {
  if (input.found.length === 0) return NOTHING;
  return transact(ctx.db, async (tx) => {
    const extension = await lockExtension(tx, input.extensionId);
    const entry = await tx.entry.findUnique({ where: { extensionId: extension.id } });
    if (!entry || entry.state === "revoked") return NOTHING;
    const policy = await readPolicy(tx);
    const releases = prepareReleases(await listDesktopReleases(tx));
    const recorded = { ...NOTHING };
    const changes: Change[] = [];
    for (const found of input.found) {
      const change = await recordOne(tx, ctx, { extension, entry, policy, releases, found });
      if (change) changes.push(change);
      if (change?.moved) recorded.moved += 1;
      else if (change?.visibility === "listed") recorded.listed += 1;
      else if (change?.visibility === "held") recorded.held += 1;
    }
    if (changes.length === 0) return recorded;
    await publishChange(tx, ctx, extension.id, "scan");
    await appendMessage(tx, {
      kind: "versions.found",
      payload: { repository: extension.repository, versions: toJson(changes) },
    });
    await appendAudit(tx, ctx, {
      action: "version.record",
      subject: { kind: "extension", id: nameOf(extension) },
      after: { versions: changes },
    });
    return recorded;
  });
}

type Place = {
  extension: Extension;
  entry: Entry;
  policy: Policy;
  releases: PreparedReleases;
  found: FoundVersion;
};
type Change = {
  tag: string;
  digest: string;
  visibility: Version["visibility"];
  moved: boolean;
  reason?: VisibilityReason;
};

async function recordOne(tx: Tx, ctx: Context, place: Place): Promise<Change | undefined> {
  const { entry, found } = place;
  const tag = classifyTag(found.tag);
  if (tag.kind === "skipped") return undefined;
  const { extensionId } = entry;
  const known = await storeLearned(tx, ctx, place.extension, found);
  if (known === undefined) return undefined;
  const { inspection } = known;
  const current = await tx.version.findFirst({ where: { extensionId, tag: found.tag, current: true } });
  if (current && current.digest !== inspection.digest) return markMoved(tx, ctx, current, inspection.digest);
  if (current) return undefined;
  const spelling = { extensionId, tag: found.tag, semver: tag.version.text, digest: inspection.digest };
  const decision = await firstVisibility(tx, place, known, spelling);
  await tx.version.create({
    data: {
      ...spelling,
      inspectionId: inspection.id,
      visibility: decision.visibility,
      firstSeenAt: ctx.clock.now(),
      listedAt: decision.visibility === "listed" ? ctx.clock.now() : null,
      ...reasonColumn(decision),
      blockLevel: decision.blockLevel ?? null,
      decidedBy: decision.decidedBy ?? null,
    },
  });
  const { visibility, reason } = decision;
  return {
    tag: found.tag,
    digest: inspection.digest,
    moved: false,
    visibility,
    ...(reason ? { reason } : {}),
  };
}

type FirstVisibility = {
  visibility: Version["visibility"];
  reason?: VisibilityReason;
  blockLevel?: Version["blockLevel"];
  decidedBy?: Version["decidedBy"];
  /** For a blocked version. */
  before?: VersionBefore;
};

function reasonColumn({ reason, before }: FirstVisibility) {
  if (!reason) return {};
  return { reason: toJson(before ? reasonKeeping(reason, before) : reason) };
}

/** A new version of a blocked image starts as blocked, in any repository and under any tag. */
async function firstVisibility(
  tx: Tx,
  { extension, entry, policy, releases, found }: Place,
  { inspection, learned }: LearnedInspection,
  spelling: Spelling,
): Promise<FirstVisibility> {
  const blocks = await coveringBlocks(tx, digestsOf(inspection.digest, inspection.report));
  const standing = standingUnder(blocks, { repository: extension.repository, tag: found.tag });
  if (standing) {
    const { level, decidedBy, reason } = standing;
    return { visibility: "blocked", blockLevel: level, decidedBy, reason, before: FOUND_BLOCKED };
  }
  if (learned.kind === "refused") {
    const { code, message } = learned.error;
    return { visibility: "held", reason: { code, message } };
  }
  const { report } = learned.inspected;
  const collision = await whyCollides(tx, spelling);
  if (collision !== undefined) return { visibility: "held", reason: collision };
  const envelope = storedEnvelope(entry.envelope);
  const verdict = judgeVersion({ extension, policy, releases, envelope, tag: found.tag, report });
  return verdict.visibility === "listed"
    ? { visibility: "listed" }
    : { visibility: "held", reason: verdict.reason };
}

/** The state that lifting the block returns the version to, since no one has reviewed it. */
const FOUND_BLOCKED: VersionBefore = {
  visibility: "held",
  reason: {
    code: "found_blocked",
    message: "Its image was already blocked when Gantry found the version, so it needs a review.",
  },
  decidedBy: null,
};

async function markMoved(
  tx: Tx,
  ctx: Context,
  current: Version,
  digest: string,
): Promise<Change | undefined> {
  if (current.movedDigest === digest) return undefined;
  await tx.version.update({
    where: { id: current.id },
    data: { movedDigest: digest, movedSeenAt: ctx.clock.now() },
  });
  return { tag: current.tag, digest, visibility: current.visibility, moved: true };
}
