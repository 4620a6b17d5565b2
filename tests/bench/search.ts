/**
 * How long a search takes at the server, from the query to the encoded answer: what people type, and what is typed to
 * hurt. `search.ts [extensions…]`; 10,000 and 100,000 unless told otherwise.
 */

import { readFileSync } from "node:fs";
import { compressRecord } from "@/lib/catalog/encoding/compressed-record";
import { storedJson } from "@/lib/catalog/encoding/stored-document";
import { listExtensions } from "@/lib/catalog/queries/list";
import { prepareSnapshot } from "@/lib/catalog/snapshot/prepare-snapshot";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { madeExtension } from "@/tests/bench/made-extensions";
import { catalogRecords } from "@/tests/builders/catalog-records";
import { knownExtensions } from "@/tests/builders/known-extensions";
import { tabbedLines } from "@/tests/builders/tabbed-lines";

const TARGETS_MS = new Map([
  [10_000, 5],
  [100_000, 20],
]);
const JUDGED = new URL("../unit/catalog/search/judged-queries.tsv", import.meta.url);
const HOSTILE = [
  ..."adeipt",
  "do",
  "docker",
  "extension docker",
  "zzzzzzzzzzzz",
  "qwertyuiop asdfghjkl zxcvbnmqw poiuytrewq",
  Array.from(
    { length: 85 },
    (_none, index) => "abcdefghij".charAt(index % 10) + "klmnoprst".charAt(index % 9),
  ).join(" "),
  "a b c d e f g h i j k l m n o p q r s t u v w x y z",
  " ".repeat(256),
  "%_'--&|!()",
  "数据库管理工具",
  "e".repeat(256),
];
const ROUNDS = 5;
const PAGE = 50;
const NOW = new Date("2026-11-20T12:00:00Z");

const judged = tabbedLines(readFileSync(JUDGED, "utf8")).map(([, query = ""]) => query);
const asked = process.argv.slice(2).map(Number);
for (const extensions of asked.length > 0 ? asked : TARGETS_MS.keys()) await measure(extensions);

async function measure(extensions: number): Promise<void> {
  const made = Array.from({ length: extensions }, (_none, index) => compressRecord(madeExtension(index, 1)));
  const snapshot = buildSnapshot(catalogRecords([...knownExtensions(), ...made]), NOW);
  await prepareSnapshot(snapshot);
  const { words } = snapshot.table().index.parts[0]?.segment ?? { words: [] };
  console.log(`\n${extensions} extensions, ${words.length} different words`);
  for (const query of [...judged, ...HOSTILE]) ask(snapshot, query);
  report("what people type", snapshot, judged, TARGETS_MS.get(extensions));
  report("what is typed to hurt", snapshot, HOSTILE, undefined);
  report("both", snapshot, [...judged, ...HOSTILE], TARGETS_MS.get(extensions));
}

type Sample = { query: string; wallMs: number; cpuMs: number };

function report(
  title: string,
  snapshot: Snapshot,
  queries: readonly string[],
  targetMs: number | undefined,
): void {
  const samples = Array.from({ length: ROUNDS }, () => queries.map((query) => ask(snapshot, query))).flat();
  const wall = samples.map(({ wallMs }) => wallMs);
  const cpu = samples.map(({ cpuMs }) => cpuMs);
  const p95 = percentile(wall, 0.95);
  const verdict =
    targetMs === undefined ? "" : `: target p95 ≤ ${targetMs} ms ${p95 <= targetMs ? "met" : "MISSED"}`;
  const worst = samples.reduce((one, other) => (other.cpuMs > one.cpuMs ? other : one));
  console.log(
    `${title}${verdict}\n  time ${percentiles(wall)}\n  CPU  ${percentiles(cpu)}; most for “${worst.query.slice(0, 40)}”`,
  );
}

function ask(snapshot: Snapshot, query: string): Sample {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  storedJson(listExtensions(snapshot, { q: query, limit: PAGE }), 1);
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { query, wallMs, cpuMs: (user + system) / 1_000 };
}

function percentiles(values: readonly number[]): string {
  return [0.5, 0.95, 0.99]
    .map((part) => `p${part * 100} ${percentile(values, part).toFixed(1)} ms`)
    .join(", ");
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
