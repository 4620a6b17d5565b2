import type { Catalog } from "@/lib/catalog/catalog";
import { readRevision } from "@/lib/marketplace/publishing/catalog-revision";
import type { Database } from "@/lib/platform/db/database";

/**
 * Read-your-writes: call it between a write and its answer. Resolves when this process shows what is committed, after two
 * seconds at the latest; never rejects, because the write itself has succeeded.
 */
export async function showOwnWrites(catalog: Catalog, db: Database): Promise<void> {
  try {
    await catalog.reached(await readRevision(db.prisma));
  } catch {
    // The database became unavailable after the commit. The catalog catches up, and logs it, when it is back.
  }
}
