import type { Catalog } from "@/lib/catalog/catalog";
import { readRevision } from "@/lib/marketplace/publishing/catalog-revision";
import type { Database } from "@/lib/platform/db/database";

/**
 * Read-your-writes: call it between a write and its response. Waits up to two seconds until this process serves the
 * committed state. Never rejects, because the write itself has succeeded.
 */
export async function showOwnWrites(catalog: Catalog, db: Database): Promise<void> {
  try {
    await catalog.reached(await readRevision(db.prisma));
  } catch {
    // The database became unavailable after the commit. The catalog logs that and catches up once it is back.
  }
}
