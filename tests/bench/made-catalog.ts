/** A catalog of made-up extensions as an instance has it whose database is unavailable: from a copy on disk. */

import { type Catalog, createCatalog } from "@/lib/catalog/catalog";
import { diskCopyFile, writeDiskCopy } from "@/lib/catalog/disk/disk-copy";
import { compressRecord } from "@/lib/catalog/encoding/compressed-record";
import { systemClock } from "@/lib/platform/clock";
import { openPostgres } from "@/lib/platform/db/postgres";
import { createLog } from "@/lib/platform/log";
import { madeExtension } from "@/tests/bench/made-extensions";
import { catalogRecords } from "@/tests/builders/catalog-records";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

/** Nothing listens there. */
const AWAY = "postgres://none@127.0.0.1:1/none";
const POLL_MS = 3_600_000;

export type MadeCatalog = { catalog: Catalog; close(): Promise<void> };

export async function madeCatalog(extensions: number, versions: number): Promise<MadeCatalog> {
  const folder = temporaryFolder("bench-catalog");
  const records = Array.from({ length: extensions }, (_none, index) =>
    compressRecord(madeExtension(index, versions)),
  );
  await writeDiskCopy(diskCopyFile(folder.path), catalogRecords(records));
  const log = createLog("error");
  const db = openPostgres(AWAY, log);
  const made = createCatalog({ db, clock: systemClock, log, dataDir: folder.path, pollMs: POLL_MS });
  await made.start();
  await made.prepared();
  return {
    catalog: made,
    async close() {
      await made.stop();
      await db.close();
      folder.remove();
    },
  };
}
