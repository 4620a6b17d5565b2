/** Version tags whose inspection failed: the number of attempts, the last error, and when it is retried. */

import { type StoredError, storedError, toJson } from "@/lib/marketplace/rows/json-columns";
import type { Database, Tx } from "@/lib/platform/db/database";
import type { FailingTag as FailingTagRow, Prisma } from "@/lib/platform/prisma/client";

export type FailedInspection = {
  tag: string;
  /** Undefined: the registry could not even say where it points. */
  digest: string | undefined;
  attempts: number;
  error: StoredError;
  lastTriedAt: Date;
  /** Undefined: only when the tag points elsewhere, or a person requests a scan. */
  nextTryAt: Date | undefined;
};

export type FailedInspectionView = {
  tag: string;
  digest: string | null;
  attempts: number;
  error: StoredError;
  lastTriedAt: string;
  nextTryAt: string | null;
};

const SHOWN = 100;
const ROWS_AT_ONCE = 1_000;

/** For a query that includes or selects parts of an extension. */
export const FAILED_INSPECTIONS = {
  failingTags: { orderBy: [{ lastTriedAt: "desc" }, { tag: "asc" }], take: SHOWN },
} as const satisfies Prisma.ExtensionInclude;

export async function readFailedInspections(db: Database, extensionId: string): Promise<FailedInspection[]> {
  const rows = await db.prisma.failingTag.findMany({ where: { extensionId }, orderBy: { tag: "asc" } });
  return rows.map((row) => ({
    tag: row.tag,
    digest: row.digest ?? undefined,
    attempts: row.attempts,
    error: errorOf(row),
    lastTriedAt: row.lastTriedAt,
    nextTryAt: row.nextTryAt ?? undefined,
  }));
}

/** Replaces the stored failures of the extension. */
export async function writeFailedInspections(
  tx: Tx,
  extensionId: string,
  failing: readonly FailedInspection[],
): Promise<void> {
  await tx.failingTag.deleteMany({ where: { extensionId } });
  for (let start = 0; start < failing.length; start += ROWS_AT_ONCE) {
    const data = failing.slice(start, start + ROWS_AT_ONCE).map((each) => rowOf(extensionId, each));
    await tx.failingTag.createMany({ data });
  }
}

function rowOf(extensionId: string, { digest, error, nextTryAt, ...rest }: FailedInspection) {
  return {
    ...rest,
    extensionId,
    digest: digest ?? null,
    error: toJson(error),
    nextTryAt: nextTryAt ?? null,
  };
}

export function viewFailedInspections(rows: readonly FailingTagRow[]): FailedInspectionView[] {
  return rows.map((row) => ({
    tag: row.tag,
    digest: row.digest,
    attempts: row.attempts,
    error: errorOf(row),
    lastTriedAt: row.lastTriedAt.toISOString(),
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
  }));
}

function errorOf({ error }: Pick<FailingTagRow, "error">): StoredError {
  return storedError(error) ?? { code: "internal", message: "The reason is not known.", suggestion: null };
}
