/** A migrated embedded database to begin with: creating one from nothing takes seconds. */

import { createReadStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { PGlite } from "@electric-sql/pglite";
import { unpackTar } from "modern-tar/fs";
import { openPgliteInstance } from "@/lib/platform/db/pglite/open-pglite";
import { copyFolder, templateFolder } from "@/tests/support/databases/template-folder";

/** In memory, not lent out yet. */
export async function openTemplate(): Promise<PGlite> {
  const dump = await readFile(path.join(await template(), "dump.tar"));
  return PGlite.create({ loadDataDir: new Blob([new Uint8Array(dump)]) });
}

/** As the files of a database folder that does not exist yet. */
export async function unpackTemplate(folder: string): Promise<void> {
  await copyFolder(path.join(await template(), "folder"), folder);
}

function template(): Promise<string> {
  return templateFolder("pglite", async (unfinished) => {
    const lite = await PGlite.create();
    const db = await openPgliteInstance(lite);
    const dump = await lite.dumpDataDir("none");
    await db.close();
    await mkdir(unfinished);
    const file = path.join(unfinished, "dump.tar");
    await writeFile(file, Buffer.from(await dump.arrayBuffer()));
    await pipeline(createReadStream(file), unpackTar(path.join(unfinished, "folder")));
  });
}
