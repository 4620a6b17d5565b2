import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";

export const CATALOG_CHANNEL = "gantry_catalog";

/** The catalog's current revision; 0 before the first change. */
export async function readRevision(db: Pick<Tx, "catalogRevision">): Promise<bigint> {
  const row = await db.catalogRevision.findUnique({ where: { id: 1 } });
  return row?.revision ?? 0n;
}

/** Locks the revision until the commit. `wholeRevision`: the revision of the last change of the rules. */
export async function lockCatalogRevision(tx: Tx): Promise<{ revision: bigint; wholeRevision: bigint }> {
  await tx.$queryRaw`SELECT 1 FROM "CatalogRevision" WHERE "id" = 1 FOR UPDATE`;
  const { revision, wholeRevision } = await tx.catalogRevision.findUniqueOrThrow({ where: { id: 1 } });
  return { revision, wholeRevision };
}

/** What a change is about: single extensions, which get the revision, or the rules that apply to all. */
export type ChangeReach = "one" | "whole";

/**
 * Bumps the revision, with the database's time. The row lock is held until the commit, so that revisions and their times
 * become visible in order. Listeners are notified by the commit.
 */
export async function bumpCatalogRevision(tx: Tx, reach: ChangeReach): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ revision: bigint }[]>`
    UPDATE "CatalogRevision"
    SET "revision" = "revision" + 1,
        "raisedAt" = greatest(clock_timestamp(), "raisedAt" + interval '1 millisecond'),
        "wholeRevision" = CASE WHEN ${reach} = 'whole' THEN "revision" + 1 ELSE "wholeRevision" END
    WHERE "id" = 1
    RETURNING "revision"`;
  if (row === undefined) {
    throw new AppError("internal", "The catalog has no revision: its row is missing.", {
      suggestion: "Restore the database from a backup; the migration that created the row has already run.",
    });
  }
  await tx.$executeRaw`SELECT pg_notify(${CATALOG_CHANNEL}, ${String(row.revision)})`;
  return row.revision;
}
