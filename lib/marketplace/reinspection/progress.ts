/** The progress of the re-inspection by this release's inspector, for reviewers. */

import { authorize } from "@/lib/identity/permissions";
import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import type { Context } from "@/lib/journal/context";
import { WANTED_INSPECTIONS } from "@/lib/marketplace/reinspection/wanted-inspections";
import { nameOf } from "@/lib/marketplace/rows/extension-row";
import { type StoredError, storedError } from "@/lib/marketplace/rows/json-columns";
import { read } from "@/lib/platform/db/transact";
import type { Prisma, Visibility } from "@/lib/platform/prisma/client";

export type ReinspectionCounts = {
  /** Images that an older inspector had inspected. */
  total: number;
  /** How many of them were re-inspected. */
  done: number;
  /** How many of those have a different report now. */
  changed: number;
  /** How many of the rest failed so far and are retried. */
  failing: number;
};

export type ReinspectedImage = {
  repository: string;
  digest: string;
  /** Its tags, with what is visible of each; none where only a submission has it. */
  versions: { tag: string; visibility: Visibility }[];
};

export type FailingReinspection = ReinspectedImage & { error: StoredError | null; retryAt: string | null };

export type Reinspection = ReinspectionCounts & {
  inspectorVersion: number;
  /** The latest, at most 50. */
  changes: ReinspectedImage[];
  /** At most 50, the next to be retried first. */
  failures: FailingReinspection[];
};

const LISTED_MAX = 50;

export async function getReinspection(ctx: Context): Promise<Reinspection> {
  authorize(ctx.actor, "version.decide");
  return read(async () => ({
    inspectorVersion: INSPECTOR_VERSION,
    ...(await countReinspections(ctx)),
    changes: (await readChanged(ctx)).map(viewImage),
    failures: (await readFailing(ctx)).map((row) => ({
      ...viewImage(row),
      error: storedError(row.reinspectError) ?? null,
      retryAt: row.reinspectAt?.toISOString() ?? null,
    })),
  }));
}

async function countReinspections({ db }: Context): Promise<ReinspectionCounts> {
  const [counts] = await db.prisma.$queryRaw<ReinspectionCounts[]>`
    WITH wanted AS (SELECT DISTINCT id FROM (${WANTED_INSPECTIONS}) uses),
    concerned AS (
      SELECT i."inspectorVersion" = ${INSPECTOR_VERSION} AS done, i."changedBy", i."reinspectFailures"
      FROM "Inspection" i JOIN wanted ON wanted.id = i."id"
      WHERE i."state" IN ('inspected', 'invalid') AND (i."inspectorVersion" < ${INSPECTOR_VERSION}
        OR (i."inspectorVersion" = ${INSPECTOR_VERSION} AND i."reinspectedFrom" IS NOT NULL))
    )
    SELECT
      count(*)::int AS "total",
      count(*) FILTER (WHERE done)::int AS "done",
      count(*) FILTER (WHERE done AND "changedBy" = ${INSPECTOR_VERSION})::int AS "changed",
      count(*) FILTER (WHERE NOT done AND "reinspectFailures" > 0)::int AS "failing"
    FROM concerned`;
  return counts ?? { total: 0, done: 0, changed: 0, failing: 0 };
}

const PARTS = {
  digest: true,
  reinspectError: true,
  reinspectAt: true,
  extension: { select: { repository: true } },
  versions: {
    where: { current: true },
    select: { tag: true, visibility: true },
    orderBy: { firstSeenAt: "desc" },
  },
} satisfies Prisma.InspectionSelect;

type ImageRow = Prisma.InspectionGetPayload<{ select: typeof PARTS }>;

function readChanged({ db }: Context): Promise<ImageRow[]> {
  return db.prisma.inspection.findMany({
    where: { inspectorVersion: INSPECTOR_VERSION, changedBy: INSPECTOR_VERSION },
    select: PARTS,
    orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
    take: LISTED_MAX,
  });
}

function readFailing({ db }: Context): Promise<ImageRow[]> {
  return db.prisma.inspection.findMany({
    where: { inspectorVersion: { lt: INSPECTOR_VERSION }, reinspectFailures: { gt: 0 } },
    select: PARTS,
    orderBy: [{ reinspectAt: "asc" }, { id: "asc" }],
    take: LISTED_MAX,
  });
}

function viewImage({ extension, digest, versions }: ImageRow): ReinspectedImage {
  return { repository: nameOf(extension), digest, versions };
}
