/**
 * `npm run db:new -- name`: writes the next migration from the difference between the schema that the last
 * migration left (kept beside it as schema.prisma) and prisma/schema.prisma.
 */

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { migrationsFolder } from "@/lib/platform/db/migrate";
import { poolOver } from "@/lib/platform/db/pglite";
import { diffSchemas } from "@/lib/platform/db/schema-diff";

const [name] = process.argv.slice(2);
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error(
    "Give the migration a name of lower-case letters, digits and underscores: npm run db:new -- add_webhooks",
  );
  process.exit(2);
}

const schema = await readFile("prisma/schema.prisma", "utf8");
const lite = await PGlite.create();
const script = await diffSchemas(poolOver(lite), await lastSchema(), schema);
await lite.close();
if (script === undefined) {
  console.log("The last migration already leaves this schema: nothing to write.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join(migrationsFolder(), `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "migration.sql"), script);
  await writeFile(path.join(folder, "schema.prisma"), schema);
  console.log(`Wrote ${path.relative(process.cwd(), folder)}/migration.sql. Read it before you commit it.`);
}

async function lastSchema(): Promise<string | undefined> {
  const folders = (await readdir(migrationsFolder(), { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  const last = folders
    .map((entry) => entry.name)
    .sort()
    .at(-1);
  return last === undefined
    ? undefined
    : readFile(path.join(migrationsFolder(), last, "schema.prisma"), "utf8");
}
