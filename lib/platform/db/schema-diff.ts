import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { NO_FILTERS } from "@/lib/platform/db/migrate";
import { createSchemaEngine } from "@/lib/platform/db/schema-engine";

/**
 * The SQL that migrates from one schema.prisma to another (undefined: an empty database), or undefined if they are
 * equal. `scratch` can be any database: the engine uses it only to determine the dialect.
 */
export async function diffSchemas(
  scratch: pg.Pool,
  from: string | undefined,
  to: string,
): Promise<string | undefined> {
  const engine = await createSchemaEngine(bindMigrationAwareSqlAdapterFactory(new PrismaPg(scratch)), to);
  try {
    const { stdout } = await engine.diff({
      from:
        from === undefined
          ? { tag: "empty" }
          : { tag: "schemaDatamodel", files: [{ path: "from.prisma", content: from }] },
      to: { tag: "schemaDatamodel", files: [{ path: "to.prisma", content: to }] },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    const script = stdout?.trim();
    return script && !script.startsWith("-- This is an empty migration") ? `${script}\n` : undefined;
  } finally {
    engine.free();
  }
}
