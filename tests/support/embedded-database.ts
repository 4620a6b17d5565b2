import { PGlite } from "@electric-sql/pglite";
import type { Database } from "@/lib/platform/db/database";
import { openPgliteInstance } from "@/lib/platform/db/pglite";

/** The embedded engine in memory, with the schema in place. Close it at the end. */
export async function openEmbeddedDatabase(): Promise<Database> {
  return openPgliteInstance(await PGlite.create());
}
