/** A differential fuzz run of JSON: Gantry's readers against Go's `encoding/json`, by which Docker reads. */

import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { askGoProgram } from "@/tests/grammar/go-program";
import { type Document, documents, type Kind } from "@/tests/grammar/json/documents";
import { type Reading, readDocument } from "@/tests/grammar/json/reading";

const SOURCE = fileURLToPath(new URL("./oracle.go", import.meta.url));

/** `number` counts from 0; with the run's seed it names the document. */
export type Difference = { kind: Kind; number: number; document: string; here: Reading; there: Reading };

/** How many documents ended in which way. `same`: both read the same out of it. */
export type Outcome = "same" | "refused here" | "held here" | "refused there";

export type JsonFuzzRun = { differences: Difference[]; outcomes: Record<Kind, Record<Outcome, number>> };

/** A difference is a document that both accept with different answers, without anything that requires a review. */
export async function runJsonFuzz({ count, seed }: { count: number; seed: number }): Promise<JsonFuzzRun> {
  const asked = documents(count, seed);
  const lines = asked.map(({ kind, bytes }) => `${kind} ${Buffer.from(bytes).toString("base64")}`);
  const answers = await askGoProgram(SOURCE, lines);
  const run: JsonFuzzRun = { differences: [], outcomes: noOutcomes() };
  for (const [number, document] of asked.entries()) judge(run, number, document, answers[number] ?? "");
  return run;
}

function judge(run: JsonFuzzRun, number: number, document: Document, answer: string): void {
  const { kind, bytes } = document;
  const here = readDocument(document);
  const there = answer === "error" ? undefined : readDocument({ kind, bytes: Buffer.from(answer, "base64") });
  const outcome = outcomeOf(here, there);
  if (outcome !== undefined) run.outcomes[kind][outcome] += 1;
  else if (there !== undefined) {
    run.differences.push({ kind, number, document: Buffer.from(bytes).toString("latin1"), here, there });
  }
}

/** Undefined for a difference. Go's own writing of what it has read must be read here without a doubt. */
function outcomeOf(here: Reading, there: Reading | undefined): Outcome | undefined {
  if (here.outcome === "refused") return "refused here";
  if (here.outcome === "held") return "held here";
  if (there === undefined) return "refused there";
  return here.outcome === "read" && isDeepStrictEqual(here, there) ? "same" : undefined;
}

function noOutcomes(): JsonFuzzRun["outcomes"] {
  const none = () => ({ same: 0, "refused here": 0, "held here": 0, "refused there": 0 });
  return { index: none(), manifest: none(), config: none(), metadata: none() };
}
