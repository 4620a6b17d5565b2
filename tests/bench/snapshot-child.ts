/** What a snapshot of so many extensions costs: `snapshot-child.ts <extensions> <versions>`; a process of its own, since memory is. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { diskCopyFile, readDiskCopy, writeDiskCopy } from "@/lib/catalog/disk-copy";
import { listExtensions } from "@/lib/catalog/list";
import { packRecord } from "@/lib/catalog/packed-record";
import { prepareSnapshot } from "@/lib/catalog/prepare-snapshot";
import { applyChanges, type CatalogRecords } from "@/lib/catalog/records";
import { buildSnapshot } from "@/lib/catalog/snapshot";
import { madeExtension } from "@/tests/bench/made-extensions";
import { catalogRecords } from "@/tests/builders/catalog-records";

const [count = 0, versions = 0] = process.argv.slice(2).map(Number);
const NOW = new Date("2026-11-20T12:00:00Z");
const folder = await mkdtemp(path.join(tmpdir(), "gantry-bench-"));
const file = diskCopyFile(folder);

try {
  if (process.argv[4] === "write") await writeDiskCopy(file, made());
  else await measure();
} finally {
  await rm(folder, { recursive: true, force: true });
}

function made(): CatalogRecords {
  return catalogRecords(
    Array.from({ length: count }, (_none, index) => packRecord(madeExtension(index, versions))),
  );
}

async function measure(): Promise<void> {
  await writeDiskCopy(file, made());
  global.gc?.();
  const records = await timed("read the copy on disk", () => readDiskCopy(file));
  if (records === undefined) throw new Error("there is no copy on disk");
  const first = await timed("first snapshot", async () => buildSnapshot(records, NOW));
  await timed("first extension", async () => first.find(anyName(first))?.document.stored());
  await timed("prepared for lists and search", () => prepareSnapshot(first));
  await timed("first list", async () => listExtensions(first, { limit: 50 }));
  const next = await timed("one extension changed", async () => {
    const changed = [
      packRecord({ ...madeExtension(0, versions), deprecated: { message: "Old.", replacement: null } }),
    ];
    const { policy, releases } = records;
    const applied = applyChanges(records, { revision: 2n, policy, releases, changed, gone: [] });
    const snapshot = buildSnapshot(applied, NOW, first);
    await prepareSnapshot(snapshot);
    return snapshot;
  });
  await timed("written to disk", () => writeDiskCopy(file, next.records));
  global.gc?.();
  console.log(
    `memory: ${megabytes(process.memoryUsage.rss())} MB resident, ${megabytes(process.memoryUsage().heapUsed)} MB heap`,
  );
}

function anyName(snapshot: ReturnType<typeof buildSnapshot>): string {
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
      `longest pause ${(delay.max / 1e6).toFixed(0)} ms, ${megabytes(process.memoryUsage.rss())} MB resident`,
  );
  return result;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}
