import { type Run, sequenceDifference } from "@/lib/extension/difference/sequence-difference";
import { beginning } from "@/lib/extension/text/shorten";

/** A line of one or both texts; `skipped`: the number of unchanged lines left out. */
export type DifferenceLine =
  | { kind: "same" | "added" | "removed"; text: string }
  | { kind: "skipped"; lines: number };

/**
 * `lines`: changed lines with three lines of context; `hidden`: changed lines beyond the limit. `rewritten`: the
 * texts have too little in common for a comparison.
 */
export type TextDifference =
  | { kind: "same" }
  | { kind: "changed"; lines: DifferenceLine[]; added: number; removed: number; hidden: number }
  | { kind: "rewritten" };

const CONTEXT_LINES = 3;
const MAX_LINE_EDITS = 600;
const MAX_SHOWN_LINES = 400;
/** Longer lines are truncated for display, but compared completely. */
const MAX_LINE_CHARACTERS = 400;

/** Compares line by line. Ignores line endings. */
export function textDifference(before: string, after: string): TextDifference {
  if (before === after) return { kind: "same" };
  const runs = sequenceDifference(linesOf(before), linesOf(after), MAX_LINE_EDITS);
  if (runs === undefined) return { kind: "rewritten" };
  const count = (wanted: Run<string>["kind"]) =>
    runs.filter(({ kind }) => kind === wanted).reduce((sum, { items }) => sum + items.length, 0);
  const all = runs.flatMap((run, index) => shownLines(run, index === 0, index === runs.length - 1));
  const lines = all.slice(0, MAX_SHOWN_LINES);
  const hidden = all.slice(MAX_SHOWN_LINES).filter(({ kind }) => kind === "added" || kind === "removed");
  return { kind: "changed", lines, added: count("added"), removed: count("removed"), hidden: hidden.length };
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function shownLines({ kind, items }: Run<string>, isFirst: boolean, isLast: boolean): DifferenceLine[] {
  if (kind !== "same") return items.map((text) => line(kind, text));
  const head = isFirst ? 0 : CONTEXT_LINES;
  const tail = isLast ? 0 : CONTEXT_LINES;
  const skipped = items.length - head - tail;
  // A marker for one skipped line takes as much space as the line itself.
  if (skipped <= 1) return items.map((text) => line(kind, text));
  return [
    ...items.slice(0, head).map((text) => line(kind, text)),
    { kind: "skipped", lines: skipped },
    ...items.slice(items.length - tail).map((text) => line(kind, text)),
  ];
}

function line(kind: "same" | "added" | "removed", text: string): DifferenceLine {
  const isLong = text.length > MAX_LINE_CHARACTERS;
  return { kind, text: isLong ? `${beginning(text, MAX_LINE_CHARACTERS)}…` : text };
}
