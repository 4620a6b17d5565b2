/**
 * `npm run db:new -- name`: writes the next migration from the difference between prisma/migrations/schema.prisma, the
 * schema after the last migration, and prisma/schema.prisma. Then updates the former.
 */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { migrationsFolder } from "@/lib/platform/db/migrate";
import { poolOver } from "@/lib/platform/db/pglite/open-pglite";
import { diffSchemas } from "@/lib/platform/db/schema-diff";

const [name] = process.argv.slice(2);
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error(
    "Specify a name for the migration in lowercase letters, digits and underscores: npm run db:new -- add_webhooks",
  );
  process.exit(2);
}

const migratedSchema = path.join(migrationsFolder(), "schema.prisma");
const schema = await readFile("prisma/schema.prisma", "utf8");
const lite = await PGlite.create();
const script = await diffSchemas(poolOver(lite), await readFile(migratedSchema, "utf8"), schema);
await lite.close();
if (script === undefined) {
  console.log("prisma/schema.prisma has no changes, so no migration was written.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join(migrationsFolder(), `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "migration.sql"), script);
  console.log(`Wrote ${path.relative(process.cwd(), folder)}/migration.sql. Read it before you commit it.`);
}
// Updates the file even without a migration: comments can differ where tables do not.
await writeFile(migratedSchema, schema);
