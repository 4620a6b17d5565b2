import { type Run, sequenceDifference } from "@/lib/extension/difference/sequence-difference";
import { beginning, ending } from "@/lib/extension/text/shorten";

export type WordRun = { kind: Run<string>["kind"]; text: string };

const MAX_WORD_EDITS = 200;
/**
 * A version is one word, and so is an HTML tag without attributes. Letters keep their marks, and emoji their parts:
 * apart from one another they would show something else.
 */
const WORDS =
  /<\/?[\p{L}\p{N}]+>|\p{N}+(?:\.\p{N}+)+|[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u200c]|\u200d)*|\s+|\p{RI}\p{RI}|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\p{M}|\u200d|[\u{e0020}-\u{e007f}]|\p{Extended_Pictographic})*|[^\p{L}\p{N}\s]\p{M}*/gu;

/**
 * Compares word by word, for texts of a few sentences. Pieces of kinds `same` and `added` form `after`, those of
 * `same` and `removed` form `before`. Texts with little in common are removed and added as a whole.
 */
export function wordDifference(before: string, after: string): WordRun[] {
  const runs = sequenceDifference(wordsOf(before), wordsOf(after), MAX_WORD_EDITS);
  if (runs !== undefined) return joined(runs.map(({ kind, items }) => ({ kind, text: items.join("") })));
  return replaced(before, after);
}

/** The whole old text as removed, the whole new text as added. */
export function replaced(before: string, after: string): WordRun[] {
  return [
    { kind: "removed", text: before },
    { kind: "added", text: after },
  ];
}

/** Merges changes that are separated only by a space. */
function joined(runs: readonly WordRun[]): WordRun[] {
  const result: WordRun[] = [];
  let change = { removed: "", added: "" };
  const close = () => {
    if (change.removed !== "") result.push({ kind: "removed", text: change.removed });
    if (change.added !== "") result.push({ kind: "added", text: change.added });
    change = { removed: "", added: "" };
  };
  for (const [index, { kind, text }] of runs.entries()) {
    if (kind !== "same") change[kind] += text;
    else if (isGap(text) && change.removed !== "" && change.added !== "" && isChange(runs[index + 1]))
      change = { removed: change.removed + text, added: change.added + text };
    else {
      close();
      result.push({ kind, text });
    }
  }
  close();
  return result;
}

function isGap(text: string): boolean {
  return text.trim() === "";
}

function isChange(run: WordRun | undefined): boolean {
  return run !== undefined && run.kind !== "same";
}

function wordsOf(text: string): string[] {
  return text.match(WORDS) ?? [];
}

const LONG_SAME_CHARACTERS = 160;
const KEPT_CHARACTERS = 60;
const LONG_CHANGE_CHARACTERS = 2000;

/** Shortens pieces for display: unchanged text in its middle, and long changes at their end. */
export function foldedWords(runs: readonly WordRun[]): WordRun[] {
  return runs.map(({ kind, text }) => {
    if (kind !== "same") return { kind, text: cut(text) };
    if (text.length <= LONG_SAME_CHARACTERS) return { kind, text };
    return { kind, text: `${beginning(text, KEPT_CHARACTERS)} … ${ending(text, KEPT_CHARACTERS)}` };
  });
}

function cut(text: string): string {
  return text.length > LONG_CHANGE_CHARACTERS ? `${beginning(text, LONG_CHANGE_CHARACTERS)}…` : text;
}
