import type { Catalog } from "@/lib/catalog/catalog";
import { readRevision } from "@/lib/marketplace/public-records";
import type { Database } from "@/lib/platform/db/database";

/**
 * Call it between a write and its answer, so that whoever wrote reads their own write. Resolves when this process shows
 * what is committed, at the latest after two seconds; never rejects, because the write itself has succeeded.
 */
export async function showOwnWrites(catalog: Catalog, db: Database): Promise<void> {
  try {
    await catalog.reached(await readRevision(db.prisma));
  } catch {
    // The database went away after the commit. The catalog follows, and says so in the log, when it is back.
  }
}
