/**
 * What a snapshot costs: `snapshot-child.ts write|measure <folder> <extensions> <versions>`. Each is a process of its
 * own, since memory is: what it took to make the extensions up is not part of what it takes to serve them.
 */

import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { diskCopyFile, readDiskCopy, writeDiskCopy } from "@/lib/catalog/disk/disk-copy";
import { compressRecord } from "@/lib/catalog/encoding/compressed-record";
import { wholeCatalog } from "@/lib/catalog/queries/catalog-export";
import { listExtensions } from "@/lib/catalog/queries/list";
import { prepareSnapshot } from "@/lib/catalog/snapshot/prepare-snapshot";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { applyChanges, type CatalogRecords } from "@/lib/catalog/views/records";
import { madeExtension } from "@/tests/bench/made-extensions";
import { catalogRecords } from "@/tests/builders/catalog-records";

const [step, folder = "", ...numbers] = process.argv.slice(2);
const [count = 0, versions = 0] = numbers.map(Number);
const file = diskCopyFile(folder);
const NOW = new Date("2026-11-20T12:00:00Z");

if (step === "write") await writeDiskCopy(file, made());
else await measure();

function made(): CatalogRecords {
  return catalogRecords(
    Array.from({ length: count }, (_none, index) => compressRecord(madeExtension(index, versions))),
  );
}

async function measure(): Promise<void> {
  console.log(`empty process: ${residentMegabytes()} MB resident`);
  const records = await timed("read the copy on disk", () => readDiskCopy(file));
  if (records === undefined) throw new Error("there is no copy on disk");
  const first = await timed("first snapshot", async () => buildSnapshot(records, NOW));
  await timed("first extension", async () => first.find(anyName(first))?.document.stored());
  await timed("made ready for lists and search", () => prepareSnapshot(first));
  await timed("first list", async () => listExtensions(first, { limit: 50 }));
  await timed("allow-list", async () => first.allowList());
  await timed("the whole catalog in one document", () => wholeCatalog(first));
  const next = await timed("one extension changed", () => oneChanged(records, first));
  await timed("written to disk", () => writeDiskCopy(file, next.records));
  console.log(`in the end: ${residentMegabytes()} MB resident (target ≤ 600 MB)`);
}

async function oneChanged(records: CatalogRecords, before: Snapshot): Promise<Snapshot> {
  const deprecated = { message: "Old.", replacement: null };
  const changed = [compressRecord({ ...madeExtension(0, versions), deprecated })];
  const { extensions: _before, ...state } = records;
  const after = applyChanges(records, { ...state, revision: 2n, changed, gone: [] });
  const snapshot = buildSnapshot(after, NOW, before);
  await prepareSnapshot(snapshot);
  return snapshot;
}

function anyName(snapshot: Snapshot): string {
  return snapshot.all[0]?.repository ?? "";
}

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const delay: IntervalHistogram = monitorEventLoopDelay({ resolution: 1 });
  const before = process.cpuUsage();
  const startedAt = performance.now();
  delay.enable();
  const result = await work();
  delay.disable();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${what}: ${wallMs.toFixed(0)} ms, CPU ${((user + system) / 1_000).toFixed(0)} ms, ` +
      `longest pause ${(delay.max / 1e6).toFixed(0)} ms, ${residentMegabytes()} MB resident`,
  );
  return result;
}

function residentMegabytes(): number {
  return Math.round(process.memoryUsage.rss() / 1_048_576);
}
