/** Applies blocks to versions, in every repository and whether or not their tag still names them. */

import {
  type BlockStanding,
  coveringBlocks,
  digestsOf,
  standingUnder,
} from "@/lib/marketplace/blocks/covering-blocks";
import { storedReason, toJson } from "@/lib/marketplace/rows/json-columns";
import {
  beforeOf,
  columnsOf,
  keptIn,
  reasonKeeping,
  type VersionBefore,
} from "@/lib/marketplace/rows/version-before";
import type { Tx } from "@/lib/platform/db/database";
import type { BlockedImage, BlockLevel, Prisma, Visibility } from "@/lib/platform/prisma/client";

const PARTS = {
  extension: { select: { repository: true } },
  inspection: { select: { state: true, report: true } },
} satisfies Prisma.VersionInclude;

/** A version with what decides whether a block covers it. */
export type AffectedVersion = Prisma.VersionGetPayload<{ include: typeof PARTS }>;

/** A version after the change. */
export type MarkedVersion = {
  id: string;
  extensionId: string;
  repository: string;
  tag: string;
  digest: string;
  visibility: Visibility;
  blockLevel: BlockLevel | null;
};

/** Every version whose image is, or contains, one of `digests`. */
export async function versionsContaining(tx: Tx, digests: readonly string[]): Promise<AffectedVersion[]> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id"::text AS "id" FROM "Version" WHERE "digest" = ANY(${[...digests]}::text[])
    UNION
    SELECT v."id"::text
    FROM unnest(${[...digests]}::text[]) AS blocked("digest")
    JOIN "Inspection" i
      ON i."report" -> 'platforms' @> jsonb_build_array(jsonb_build_object('digest', blocked."digest"))
    JOIN "Version" v ON v."inspectionId" = i."id"`;
  return tx.version.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    include: PARTS,
    orderBy: { id: "asc" },
  });
}

/**
 * Blocks those of `versions` that a block covers, and gives the others back what they were. Returns the ones that
 * changed. The caller holds the blocks lock exclusively.
 */
export async function markVersions(tx: Tx, versions: readonly AffectedVersion[]): Promise<MarkedVersion[]> {
  const blocks = await coveringBlocks(tx, [...new Set(versions.flatMap(digestsIn))]);
  const marked: MarkedVersion[] = [];
  for (const version of versions) {
    const data = columnsUnder(version, standingUnder(covering(version, blocks), placeOf(version)));
    if (data === undefined) continue;
    const { id, extensionId, digest, visibility, blockLevel } = await tx.version.update({
      where: { id: version.id },
      data,
    });
    marked.push({ ...placeOf(version), id, extensionId, digest, visibility, blockLevel });
  }
  return marked;
}

/** The state that `version` returns to once nothing blocks it. */
export function afterBlock(version: AffectedVersion): VersionBefore {
  const before = keptIn(storedReason(version.reason));
  if (before.visibility !== "listed") return before;
  if (!version.current) return { ...before, visibility: "unlisted" };
  if (version.inspection.state === "inspected") return before;
  const message = "The image was not inspected, so its capabilities are unknown.";
  return { visibility: "held", reason: { code: "not_inspected", message }, decidedBy: null };
}

function columnsUnder(version: AffectedVersion, standing: BlockStanding | undefined) {
  if (standing === undefined)
    return version.visibility === "blocked" ? columnsOf(afterBlock(version)) : undefined;
  return {
    visibility: "blocked" as const,
    blockLevel: standing.level,
    decidedBy: standing.decidedBy,
    reason: toJson(reasonKeeping(standing.reason, beforeOf(version))),
  };
}

function covering(version: AffectedVersion, blocks: readonly BlockedImage[]): BlockedImage[] {
  const digests = new Set(digestsIn(version));
  return blocks.filter((block) => block.digests.some((digest) => digests.has(digest)));
}

function digestsIn({ digest, inspection }: AffectedVersion): string[] {
  return digestsOf(digest, inspection.report);
}

function placeOf({ tag, extension: { repository } }: AffectedVersion) {
  return { repository, tag };
}
