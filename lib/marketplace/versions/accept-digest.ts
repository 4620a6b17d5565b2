/** What listing a version means for its tag and entry: the tag's digest is accepted, and a person has seen it. */

import { mergeCapabilities } from "@/lib/extension/capabilities/merge-capabilities";
import { nextVisibility } from "@/lib/extension/states/version";
import type { Context } from "@/lib/journal/context";
import { storedEnvelope, toJson } from "@/lib/marketplace/rows/json-columns";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import type { Extension, Inspection, Version } from "@/lib/platform/prisma/client";

type AcceptInput = { expectedDigest?: string | undefined; widenEnvelope?: boolean | undefined };

/** Lists the accepted digest, or takes the one the tag points to now as a version of its own. */
export async function acceptDigest(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  current: Version,
  input: AcceptInput,
): Promise<Version> {
  const digest = input.expectedDigest ?? current.digest;
  if (digest !== current.digest && digest !== current.movedDigest) throw digestMoved(current);
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
  const accepted = { current: true, movedDigest: null, movedSeenAt: null } as const;
  const { extensionId, tag, semver } = current;
  return tx.version.upsert({
    where: { extensionId_tag_digest: { extensionId, tag, digest } },
    create: {
      extensionId,
      tag,
      semver,
      digest,
      inspectionId: inspection.id,
      visibility: "unlisted",
      firstSeenAt: ctx.clock.now(),
      ...accepted,
    },
    // A yank or block that this digest got while the tag named it stays: only a restore lifts it.
    update: accepted,
  });
}

/** The columns of the replaced digest. It keeps a yank or block, and the role behind a hold. */
export function superseded(version: Pick<Version, "visibility" | "decidedBy">) {
  switch (version.visibility) {
    case "yanked":
    case "blocked":
    case "unlisted":
      return {};
    case "listed":
    case "held":
      return {
        visibility: nextVisibility(version.visibility, "supersede"),
        decidedBy: version.visibility === "held" ? version.decidedBy : null,
        reason: toJson({ code: "superseded", message: "Someone accepted another digest of this tag." }),
      };
  }
}

/** Adds a (tag, digest) that a person saw to the envelope; `widen` also adds its capabilities. */
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

/** Throws `not_inspected` for a version whose image cannot be listed. */
export async function requireInspected(tx: Tx, version: Version): Promise<Inspection> {
  const inspection = await tx.inspection.findUniqueOrThrow({ where: { id: version.inspectionId } });
  if (inspection.state === "inspected") return inspection;
  throw notInspected(version.digest);
}

function notInspected(digest: string): AppError {
  return new AppError(
    "not_inspected",
    `The image ${digest} was not inspected as an extension, so it cannot be listed.`,
    {
      suggestion: "Scan the repository. Gantry then retries images that it could not read.",
    },
  );
}

/** The tag names another digest than the one that the caller saw. */
export function digestMoved(current: Version): AppError {
  const now = current.movedDigest ? ` (the tag points to ${current.movedDigest} now)` : "";
  return new AppError("digest_moved", `The accepted digest of ${current.tag} is ${current.digest}${now}.`, {
    suggestion: "Reload the version, then decide on the digest that it shows.",
    details: { digest: current.digest, movedDigest: current.movedDigest },
  });
}
