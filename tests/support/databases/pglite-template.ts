/** A migrated embedded database to begin with: creating one from nothing takes seconds. */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { PGlite } from "@electric-sql/pglite";
import { unpackTar } from "modern-tar/fs";
import { migrationsFolder } from "@/lib/platform/db/migrate";
import { openPgliteInstance } from "@/lib/platform/db/pglite";

/** In memory, nobody's yet. */
export async function openTemplate(): Promise<PGlite> {
  const dump = await readFile(await templateFile());
  return PGlite.create({ loadDataDir: new Blob([new Uint8Array(dump)]) });
}

/** As the files of a database folder that does not exist yet. */
export async function unpackTemplate(folder: string): Promise<void> {
  await pipeline(createReadStream(await templateFile()), unpackTar(folder));
}

/** A dump that is made once per state of the migrations. */
async function templateFile(): Promise<string> {
  const file = path.join(os.tmpdir(), `gantry-pglite-${await migrationsHash()}.tar`);
  if (
    await readFile(file).then(
      () => true,
      () => false,
    )
  )
    return file;
  const lite = await PGlite.create();
  const db = await openPgliteInstance(lite);
  const dump = await lite.dumpDataDir("none");
  await db.close();
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, file);
  return file;
}

async function migrationsHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(migrationsFolder())).filter(isMigration).sort()) {
    hash.update(name).update(await readFile(path.join(migrationsFolder(), name, "migration.sql")));
  }
  return hash.digest("hex").slice(0, 16);
}

/** The folder's other files are Prisma's lock file and the schema. */
function isMigration(name: string): boolean {
  return !name.includes(".");
}
