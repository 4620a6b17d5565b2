/** Data folders that take long to make, kept between test runs and copied for each test. */

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { migrationsFolder } from "@/lib/platform/db/migrate";

/**
 * A folder that `make` fills once for each state of the migrations. Test files that begin together may each make it; the
 * first one to end wins.
 */
export async function templateFolder(
  name: string,
  make: (unfinished: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(os.tmpdir(), `gantry-${name}-${await migrationsHash()}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await make(unfinished);
  await rename(unfinished, folder).catch(async (error) => {
    if (!existsSync(folder)) throw error;
    await rm(unfinished, { recursive: true });
  });
  return folder;
}

/** Copies a folder with its owners and modes; `to` must not exist yet. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  await promisify(execFile)("cp", ["-a", from, to]);
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
