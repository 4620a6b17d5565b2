import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";

export const CATALOG_CHANNEL = "gantry_catalog";

/** The number in the database now; 0 while nothing was ever public. */
export async function readRevision(db: Pick<Tx, "catalogRevision">): Promise<bigint> {
  const row = await db.catalogRevision.findUnique({ where: { id: 1 } });
  return row?.revision ?? 0n;
}

/** Locks the number until the commit and returns it with the number of the last change of what all are judged by. */
export async function lockCatalogRevision(tx: Tx): Promise<{ revision: bigint; wholeRevision: bigint }> {
  await tx.$queryRaw`SELECT 1 FROM "CatalogRevision" WHERE "id" = 1 FOR UPDATE`;
  const { revision, wholeRevision } = await tx.catalogRevision.findUniqueOrThrow({ where: { id: 1 } });
  return { revision, wholeRevision };
}

/** What a change is about: one extension, which is to be given the number, or what all of them are judged by. */
export type ChangeReach = "one" | "whole";

/**
 * The number of the catalog's next state, with the database's time. Its row lock is held until the commit, so that
 * numbers become visible in their order, and times with them. Whoever listens learns of it by the commit.
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
    throw new AppError("internal", "The catalog has no number: its row is missing.", {
      suggestion: "Put the database back from a backup; the migration that made the row is in its history.",
    });
  }
  await tx.$executeRaw`SELECT pg_notify(${CATALOG_CHANNEL}, ${String(row.revision)})`;
  return row.revision;
}
