import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { listExtensions } from "@/lib/catalog/queries/list";
import { buildSnapshot } from "@/lib/catalog/snapshot/snapshot";
import { catalogRecords } from "@/tests/builders/catalog-records";
import { knownExtensions } from "@/tests/builders/known-extensions";
import { tabbedLines } from "@/tests/builders/tabbed-lines";

const SHOWN = 10;

type Judged = { kind: string; query: string; relevant: string[]; found: string[]; recall: number };

const snapshot = buildSnapshot(catalogRecords(knownExtensions()), new Date("2026-11-20T12:00:00Z"));

function judge([kind = "", query = "", relevant = ""]: string[]): Judged {
  const wanted = relevant.split(" ");
  const { items } = listExtensions(snapshot, { q: query, limit: SHOWN });
  const found = items.map(({ repository }) => repository);
  const hits = wanted.filter((repository) => found.includes(repository)).length;
  return { kind, query, relevant: wanted, found, recall: hits / Math.min(wanted.length, SHOWN) };
}

test("of what people look for, at least 95 % stands among the first ten results", () => {
  const file = readFileSync(new URL("./judged-queries.tsv", import.meta.url), "utf8");
  const judged = tabbedLines(file).map(judge);
  expect(judged.length).toBeGreaterThanOrEqual(200);
  for (const kind of [...new Set(judged.map((one) => one.kind)), "all"]) {
    const of = judged.filter((one) => kind === "all" || one.kind === kind);
    const recall = of.reduce((sum, one) => sum + one.recall, 0) / of.length;
    console.log(`recall@${SHOWN} ${kind}: ${recall.toFixed(3)} of ${of.length} queries`);
    expect(recall).toBeGreaterThanOrEqual(kind === "all" ? 0.95 : 0.9);
  }
  for (const { query, relevant, found } of judged.filter(({ recall }) => recall < 1))
    console.log(`“${query}” misses ${relevant.filter((one) => !found.includes(one)).join(", ")}`);
});
